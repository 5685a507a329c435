#include "read_connection.hpp"

#include <fstream>

#include "schema.hpp"

namespace holdfast::storage {

namespace {

/// A transaction that a process did not live to end may lie beside the
/// database: nobody can read before it is rolled back, which takes somebody
/// who may write. One that is under way looks the same, and is left alone.
bool has_rollback_journal(const std::string& path) {
  std::ifstream beside(path + "-journal", std::ios::binary);
  return beside.get() > 0;
}

} // namespace

std::unique_ptr<database> open_read_only(const std::string& data_dir,
                                         const disk& on) {
  const auto path = journal_path(data_dir);
  if (!on.exists(path))
    throw journal_error(journal_error::kind::failed,
                        "there is no journal in " + data_dir);
  if (has_rollback_journal(path))
    database(path, database::access::create, on)
        .exec("SELECT 1 FROM sqlite_schema LIMIT 1");
  auto content =
      std::make_unique<database>(path, database::access::read_only, on);
  if (!has_schema(*content))
    throw journal_error(journal_error::kind::corrupt,
                        path + " holds no journal");
  return content;
}

} // namespace holdfast::storage
