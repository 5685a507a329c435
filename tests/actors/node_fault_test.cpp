// What is told of callers that are refused.
#include <doctest/doctest.h>

#include "actors/node_fault.hpp"

using namespace holdfast;
using namespace std::chrono_literals;

TEST_CASE("a refusal is told once in a while, for each host and reason") {
  refusal_notes notes;
  const refusal_notes::clock::time_point start{1h};
  CHECK(notes.is_news("a", "expired", start));
  for (auto at = start; at < start + refusal_notes::silence; at += 2s)
    CHECK_FALSE(notes.is_news("a", "expired", at));
  CHECK(notes.is_news("a", "unknown", start + 1s));
  CHECK(notes.is_news("b", "expired", start + 1s));
  CHECK(notes.is_news("a", "expired", start + refusal_notes::silence));
}

TEST_CASE("strangers from everywhere do not fill the log") {
  refusal_notes notes;
  const refusal_notes::clock::time_point start{1h};
  std::size_t told = 0;
  for (int i = 0; i < 10'000; ++i)
    told += notes.is_news(std::to_string(i), "no", start) ? 1 : 0;
  CHECK(told == refusal_notes::told_max);
  CHECK(notes.is_news("late", "no", start + refusal_notes::silence));
}
