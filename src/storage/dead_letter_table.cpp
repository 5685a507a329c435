#include "dead_letter_table.hpp"

#include <limits>

#include "dead_letter_codec.hpp"
#include "holdfast/limits.hpp"

namespace holdfast::storage {

namespace {

constexpr const char* select = "SELECT id, store, sku, body FROM dead_letters"
                               " WHERE id > ?1 ORDER BY id LIMIT ?2";
constexpr std::uint64_t all = std::numeric_limits<std::int64_t>::max();

dead_letter letter_at(statement& row) {
  const auto id = row.number(0);
  try {
    return decode_letter(id, row.bytes(1), row.bytes(2), row.bytes(3));
  } catch (const journal_error& error) {
    throw journal_error(error.is(), "dead letter " + std::to_string(id) + ": "
                                        + error.what());
  }
}

bool has_letters(database& journal) {
  statement find(journal,
                 "SELECT 1 FROM sqlite_schema WHERE name = 'dead_letters'");
  return find.step();
}

} // namespace

void create_letters(database& journal) {
  // Ids are never given twice: whoever holds on to one means one letter.
  journal.exec("CREATE TABLE IF NOT EXISTS dead_letters("
               " id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT, sku TEXT,"
               " body BLOB)");
}

std::uint64_t audit_letters(database& journal) {
  if (!has_letters(journal))
    return 0;
  letter_index index;
  statement rows(journal, select);
  rows.bind(1, 0);
  rows.bind(2, all);
  while (rows.step()) {
    const auto letter = letter_at(rows);
    if (!index.add(letter))
      throw journal_error(journal_error::kind::corrupt,
                          "dead letter " + std::to_string(letter.id)
                              + " has the key of another one");
  }
  return index.size();
}

dead_letter_table::dead_letter_table(database& in)
    : in_(in), insert_(in, "INSERT INTO dead_letters(store, sku, body)"
                           " VALUES(?1, ?2, x'')"),
      update_(in, "UPDATE dead_letters SET body = ?2 WHERE id = ?1"),
      delete_(in, "DELETE FROM dead_letters WHERE id = ?1"), page_(in, select) {
  load();
}

void dead_letter_table::load() {
  index_ = {};
  for (const auto& letter : list(0, all))
    index_.add(letter);
}

bool dead_letter_table::bury(dead_letter& letter) {
  letter.id = index_.find(letter.ask.from, letter.ask.reservation);
  if (letter.id != 0) {
    add_failure(letter);
    return true;
  }
  if (index_.size() >= limits::dead_letters_max)
    return false;
  insert(letter);
  return true;
}

void dead_letter_table::add_failure(const dead_letter& letter) {
  auto known = find(letter.id).value();
  known.cause = letter.cause;
  known.attempts += letter.attempts;
  known.last_ms = letter.last_ms;
  write(known);
}

void dead_letter_table::insert(dead_letter& letter) {
  is_touched_ = true;
  insert_.bind_text(1, letter.ask.from.store);
  insert_.bind_text(2, letter.ask.from.sku);
  insert_.run();
  letter.id =
      static_cast<std::uint64_t>(sqlite3_last_insert_rowid(in_.handle()));
  write(letter);
  index_.add(letter);
}

void dead_letter_table::write(const dead_letter& letter) {
  is_touched_ = true;
  body_.clear();
  encode_letter(letter, body_);
  update_.bind(1, letter.id);
  update_.bind_blob(2, body_);
  update_.run();
}

bool dead_letter_table::remove(std::uint64_t id) {
  if (!index_.remove(id))
    return false;
  is_touched_ = true;
  delete_.bind(1, id);
  delete_.run();
  return true;
}

std::optional<dead_letter> dead_letter_table::find(std::uint64_t id) {
  if (!index_.contains(id))
    return std::nullopt;
  auto found = list(id - 1, 1);
  if (found.empty() || found.front().id != id)
    throw journal_error(journal_error::kind::corrupt,
                        "dead letter " + std::to_string(id) + " is missing");
  return std::move(found.front());
}

std::vector<dead_letter> dead_letter_table::list(std::uint64_t after,
                                                 std::size_t limit) {
  const rewind_at_end rewind(page_);
  page_.bind(1, after);
  page_.bind(2, limit);
  std::vector<dead_letter> result;
  while (page_.step())
    result.push_back(letter_at(page_));
  return result;
}

void dead_letter_table::rollback() {
  if (!is_touched_)
    return;
  is_touched_ = false;
  load();
}

} // namespace holdfast::storage
