// Dead letters: rows that come and go beside the two logs.
#include <doctest/doctest.h>

#include "damage.hpp"
#include "harness.hpp"
#include "holdfast/limits.hpp"
#include "src/storage/dead_letter_codec.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

#define LETTER_PLACES memory_place, sqlite_place

namespace {

dead_letter letter_with(const std::string& key) {
  dead_letter letter;
  auto& from = letter.ask.from;
  from.what = action::reserve;
  from.store = tea.first;
  from.sku = tea.second;
  from.reason = "why";
  from.key = key;
  if (!key.empty())
    from.fingerprint.fill(7);
  letter.ask.amount = 3;
  letter.ask.ttl_s = 60;
  letter.ask.if_match = {etag_condition::kind::list, {1, 300}};
  letter.cause = "a planted fault";
  letter.attempts = 4;
  letter.first_ms = 1'000;
  letter.last_ms = 1'700;
  return letter;
}

std::string bytes_of(const dead_letter& letter) {
  std::string bytes;
  encode_letter(letter, bytes);
  return bytes + letter.ask.from.store + letter.ask.from.sku;
}

void check_same(const dead_letter& seen, const dead_letter& expected) {
  CHECK(seen.id == expected.id);
  CHECK(bytes_of(seen) == bytes_of(expected));
}

std::uint64_t bury(journal& log, dead_letter letter) {
  log.begin();
  CHECK(log.bury(letter));
  log.commit();
  return letter.id;
}

} // namespace

TEST_CASE_TEMPLATE("a letter is kept, listed and removed", place,
                   LETTER_PLACES) {
  place at;
  auto log = at.open();
  CHECK(log->letter_count() == 0);
  CHECK(log->letters(0, 10).empty());
  CHECK_FALSE(log->letter_at(1));
  auto letter = letter_with("k");
  letter.id = bury(*log, letter);
  CHECK(letter.id == 1);
  CHECK(log->letter_count() == 1);
  check_same(log->letter_at(1).value(), letter);
  CHECK(log->letter_of(letter.ask.from, {}) == 1);
  auto other = letter.ask.from;
  other.sku = "rice";
  CHECK(log->letter_of(other, {}) == 0);
  other = letter.ask.from;
  other.fingerprint[0] ^= 1;
  CHECK(log->letter_of(other, {}) == 0);
  log.reset();
  log = at.open();
  check_same(log->letter_at(1).value(), letter);
  log->begin();
  CHECK(log->remove_letter(1));
  CHECK_FALSE(log->remove_letter(1));
  log->commit();
  log.reset();
  log = at.open();
  CHECK(log->letter_count() == 0);
  CHECK(log->letter_of(letter.ask.from, {}) == 0);
  // Whoever holds on to the old id must not meet another letter.
  CHECK(bury(*log, letter) == 2);
}

TEST_CASE_TEMPLATE("another failure of a key is no other letter", place,
                   LETTER_PLACES) {
  place at;
  auto log = at.open();
  CHECK(bury(*log, letter_with("k")) == 1);
  auto again = letter_with("k");
  again.cause = "another fault";
  again.attempts = 2;
  again.first_ms = 5'000;
  again.last_ms = 6'000;
  CHECK(bury(*log, again) == 1);
  CHECK(log->letter_count() == 1);
  const auto kept = log->letter_at(1).value();
  CHECK(kept.cause == "another fault");
  CHECK(kept.attempts == 6);
  CHECK(kept.first_ms == 1'000);
  CHECK(kept.last_ms == 6'000);
  // Without a key nobody knows whether it is the same request.
  CHECK(bury(*log, letter_with("")) == 2);
  CHECK(bury(*log, letter_with("")) == 3);
  // But a retry of one of them says so.
  auto retried = log->letter_at(3).value();
  retried.ask = retry_of(retried);
  CHECK(bury(*log, retried) == 3);
  CHECK(log->letter_at(3)->ask.from.key.empty());
  CHECK(log->letter_at(3)->attempts == 8);
}

TEST_CASE_TEMPLATE("a rollback leaves letters as they were", place,
                   LETTER_PLACES) {
  place at;
  auto log = at.open();
  bury(*log, letter_with("k"));
  log->begin();
  auto lost = letter_with("l");
  CHECK(log->bury(lost));
  CHECK(log->letter_of(lost.ask.from, {}) == lost.id);
  CHECK(log->remove_letter(1));
  auto more = letter_with("m");
  CHECK(log->bury(more));
  log->rollback();
  CHECK(log->letter_count() == 1);
  CHECK(log->letter_of(lost.ask.from, {}) == 0);
  check_same(log->letter_at(1).value(), [] {
    auto letter = letter_with("k");
    letter.id = 1;
    return letter;
  }());
  log.reset();
  CHECK(at.open()->letter_count() == 1);
}

TEST_CASE_TEMPLATE("letters are paged, and their number has a bound", place,
                   LETTER_PLACES) {
  place at;
  auto log = at.open();
  log->begin();
  for (std::size_t i = 0; i < limits::dead_letters_max; ++i) {
    auto letter = letter_with("k" + std::to_string(i));
    REQUIRE(log->bury(letter));
  }
  auto excess = letter_with("one too many");
  CHECK_FALSE(log->bury(excess));
  auto known = letter_with("k7");
  CHECK(log->bury(known));
  log->commit();
  const auto page = log->letters(2, 3);
  REQUIRE(page.size() == 3);
  CHECK(page.front().id == 3);
  CHECK(page.back().id == 5);
  CHECK(log->letters(limits::dead_letters_max - 1, 10).size() == 1);
  CHECK(log->letters(limits::dead_letters_max, 10).empty());
}

TEST_CASE("a journal that was made before there were letters gets them") {
  sqlite_place at;
  at.open();
  edit(at.dir().path(), "DROP TABLE dead_letters");
  CHECK(fault_of(at.dir().path()) == "");
  CHECK(bury(*at.open(), letter_with("k")) == 1);
  CHECK(verify_journal(at.dir().path()).dead_letters == 1);
}

TEST_CASE("a damaged letter is noticed") {
  for (const std::string sql :
       {"UPDATE dead_letters SET sku = 'rice' WHERE id = 1",
        "UPDATE dead_letters SET id = 9 WHERE id = 1",
        "UPDATE dead_letters SET body = (SELECT body FROM dead_letters"
        " WHERE id = 2) WHERE id = 1",
        "UPDATE dead_letters SET body = x'' WHERE id = 1",
        "UPDATE sqlite_sequence SET seq = 1", "DELETE FROM sqlite_sequence"}) {
    CAPTURE(sql);
    sqlite_place at;
    {
      auto log = at.open();
      bury(*log, letter_with("k"));
      bury(*log, letter_with("l"));
    }
    CHECK(fault_of(at.dir().path()) == "");
    edit(at.dir().path(), sql);
    CHECK(fault_of(at.dir().path()).find("dead letter") != std::string::npos);
    CHECK(refusal_of(at.dir().path()).find("dead letter") != std::string::npos);
  }
}
