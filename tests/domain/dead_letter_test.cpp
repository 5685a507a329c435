#include "holdfast/dead_letter.hpp"

#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

using namespace holdfast;

TEST_CASE("a letter is tried again under the key of its caller") {
  dead_letter letter;
  letter.id = 17;
  letter.ask.amount = 5;
  letter.ask.from.key = "order-7";
  letter.ask.from.fingerprint[3] = 9;
  const auto again = retry_of(letter);
  CHECK(again.amount == 5);
  CHECK(again.from.key == "order-7");
  CHECK(again.from.fingerprint[3] == 9);
}

TEST_CASE("a letter without a key gets one of its own") {
  dead_letter letter;
  letter.id = 17;
  CHECK(retry_of(letter).from.key == "dead-letter-17");
  CHECK(is_idempotency_key(retry_of(letter).from.key));
  letter.id = 18;
  CHECK(retry_of(letter).from.key == "dead-letter-18");
  CHECK(is_made_key(18, "dead-letter-18"));
  CHECK_FALSE(is_made_key(17, "dead-letter-18"));
}

TEST_CASE("a cause is a text of bounded length, cut between characters") {
  CHECK(to_cause("bad optional access") == "bad optional access");
  CHECK(to_cause("") == "");
  CHECK(to_cause("a\xff"
                 "b")
        == "a?b");
  for (std::size_t head = 0; head < 3; ++head) {
    std::string text(head, 'x');
    while (text.size() < 2 * limits::cause_bytes_max)
      text += "\xe2\x86\x90";
    const auto cause = to_cause(text);
    CHECK(is_utf8(cause));
    CHECK(cause.size() <= limits::cause_bytes_max);
    CHECK(cause.size() > limits::cause_bytes_max - 3);
    CHECK(text.starts_with(cause));
  }
}
