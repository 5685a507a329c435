#include "read_connection.hpp"

#include "opened_journal.hpp"

namespace holdfast::storage {

namespace {

/// A transaction that a process did not live to end may lie beside the
/// database: nobody can read before it is rolled back, which takes somebody
/// who may write. One that is under way looks the same, and is left alone.
bool has_rollback_journal(const std::string& path, disk& on) {
  const auto beside = path + "-journal";
  if (!on.exists(beside))
    return false;
  const auto first = on.open(beside, disk::opening::read)->read_at(0, 1);
  return !first.empty() && first[0] != 0;
}

bool has_log(const std::string& path, disk& on) {
  const auto beside = path + "-wal";
  return on.exists(beside) && on.open(beside, disk::opening::read)->size() != 0;
}

/// There is none, or its first start did not come as far as that.
[[noreturn]] void refuse_missing(const std::string& data_dir, disk& on) {
  check_lost(high_water_mark::read(data_dir, on));
  throw journal_error(journal_error::kind::failed,
                      "there is no journal in " + data_dir);
}

} // namespace

std::unique_ptr<database> open_read_only(const std::string& data_dir,
                                         disk& on) {
  const auto path = journal_path(data_dir);
  if (!on.exists(path))
    refuse_missing(data_dir, on);
  if (has_rollback_journal(path, on))
    database(path, database::access::create, on)
        .exec("SELECT 1 FROM sqlite_schema LIMIT 1");
  auto content =
      std::make_unique<database>(path, database::access::read_only, on);
  if (!has_schema(*content))
    refuse_missing(data_dir, on);
  return content;
}

std::optional<journal_meta> peek_meta(const std::string& data_dir, disk& on) {
  const auto path = journal_path(data_dir);
  if (has_log(path, on) || has_rollback_journal(path, on))
    return std::nullopt;
  database content(path, database::access::untouched, on);
  if (!has_schema(content))
    return std::nullopt;
  return read_meta(content);
}

} // namespace holdfast::storage
