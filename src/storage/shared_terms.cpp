#include "shared_terms.hpp"

#include "wrong_data_dir.hpp"

namespace holdfast::storage {

namespace {

void put(database& in, const shared_terms& wanted) {
  statement replace(in, "REPLACE INTO terms(name, value) VALUES(?1, ?2)");
  for (const auto& [name, value] : wanted) {
    replace.bind_text(1, name);
    replace.bind(2, static_cast<std::uint64_t>(value));
    replace.run();
  }
}

void check(database& in, const shared_terms& wanted) {
  statement find(in, "SELECT value FROM terms WHERE name = ?1");
  for (const auto& [name, value] : wanted) {
    const rewind_at_end rewind(find);
    find.bind_text(1, name);
    // A process of an earlier version says nothing about it.
    if (!find.step())
      continue;
    const auto agreed = static_cast<std::int64_t>(find.number(0));
    if (agreed != value)
      throw wrong_data_dir(name + " is " + std::to_string(value) + ", but "
                           + std::to_string(agreed)
                           + " for the processes that share the data "
                             "directory: it must be the same for all");
  }
}

} // namespace

void agree_on(database& in, const shared_terms& wanted, bool is_alone) {
  in.exec("CREATE TABLE IF NOT EXISTS terms("
          "name TEXT PRIMARY KEY, value INTEGER) WITHOUT ROWID");
  if (is_alone)
    put(in, wanted);
  else
    check(in, wanted);
}

} // namespace holdfast::storage
