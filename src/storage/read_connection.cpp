#include "read_connection.hpp"

#include "schema.hpp"

namespace holdfast::storage {

std::unique_ptr<database> open_read_only(const std::string& data_dir,
                                         const disk& on) {
  const auto path = journal_path(data_dir);
  if (!on.exists(path))
    throw journal_error(journal_error::kind::failed,
                        "there is no journal in " + data_dir);
  auto content =
      std::make_unique<database>(path, database::access::read_only, on);
  if (!has_schema(*content))
    throw journal_error(journal_error::kind::corrupt,
                        path + " holds no journal");
  return content;
}

} // namespace holdfast::storage
