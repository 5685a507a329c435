#include "dead_letter_table.hpp"

#include "corrupt.hpp"
#include "dead_letter_codec.hpp"
#include "schema.hpp"

namespace holdfast::storage {

namespace {

constexpr const char* every =
    "SELECT id, store, sku, body FROM dead_letters ORDER BY id";

dead_letter letter_at(statement& row) {
  const auto id = row.number(0);
  try {
    return decode_letter(id, row.bytes(1), row.bytes(2), row.bytes(3));
  } catch (const journal_error& error) {
    throw journal_error(error.is(), "dead letter " + std::to_string(id) + ": "
                                        + error.what());
  }
}

void read(database& journal, letter_book& into) {
  statement last(journal, "SELECT max(seq) FROM sqlite_sequence"
                          " WHERE name = 'dead_letters'");
  last.step();
  const auto last_id = last.number(0);
  statement rows(journal, every);
  while (rows.step()) {
    auto letter = letter_at(rows);
    const auto id = letter.id;
    if (id > last_id)
      corrupt("dead letter " + std::to_string(id)
              + " is newer than any that was filed: ids would"
                " be given again");
    if (!into.restore(std::move(letter)))
      corrupt("dead letter " + std::to_string(id)
              + " has the key of another one");
  }
  into.restore_last_id(last_id);
}

/// A journal that was made before there were letters has no table for them.
database& with_table(database& journal) {
  // Ids are never given twice: whoever holds on to one means one letter.
  journal.exec("CREATE TABLE IF NOT EXISTS dead_letters("
               " id INTEGER PRIMARY KEY AUTOINCREMENT, store TEXT, sku TEXT,"
               " body BLOB)");
  return journal;
}

} // namespace

std::uint64_t audit_letters(database& journal) {
  letter_book book;
  if (has_table(journal, "dead_letters"))
    read(journal, book);
  return book.size();
}

dead_letter_table::dead_letter_table(database& in)
    : in_(with_table(in)),
      put_(in, "REPLACE INTO dead_letters(id, store, sku, body)"
               " VALUES(?1, ?2, ?3, ?4)"),
      delete_(in, "DELETE FROM dead_letters WHERE id = ?1") {
  read(in, book_);
}

void dead_letter_table::put(const dead_letter& letter) {
  body_.clear();
  encode_letter(letter, body_);
  put_.bind(1, letter.id);
  put_.bind_text(2, letter.ask.from.store);
  put_.bind_text(3, letter.ask.from.sku);
  put_.bind_blob(4, body_);
  put_.run();
}

void dead_letter_table::write() {
  // A start that found the disk full may have lost the table again.
  with_table(in_);
  for (const auto id : book_.touched()) {
    if (const auto letter = book_.find(id)) {
      put(*letter);
      continue;
    }
    // What came and went in one transaction was never in the table, but
    // somebody was told its id: that has to be one that was given.
    dead_letter gone;
    gone.id = id;
    put(gone);
    delete_.bind(1, id);
    delete_.run();
  }
}

} // namespace holdfast::storage
