// Refusals in crowds.
#include "http/refusal_line.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace holdfast;
using namespace holdfast::http;

namespace {

using clock = std::chrono::steady_clock;

struct desk {
  asio::io_context io;
  std::vector<std::size_t> sent;
  refusal_line<std::size_t> line{io, [this](std::size_t&& number) {
                                   sent.push_back(number);
                                 }};

  /// The numbers from 1 to `count`, at once.
  void refuse(std::size_t count) {
    for (std::size_t number = 1; number <= count; ++number)
      line.take(error_code::overloaded, std::move(number));
  }
};

using line_of_numbers = refusal_line<std::size_t>;
constexpr auto few = line_of_numbers::at_once;

} // namespace

TEST_CASE("few refusals leave at once") {
  desk at;
  at.refuse(few);
  CHECK(at.sent.size() == few);
  CHECK(at.io.run() == 0);
}

TEST_CASE("what is beyond them leaves later, in its order, and soon") {
  desk at;
  const auto begin = clock::now();
  at.refuse(3 * few);
  const auto asked = clock::now() - begin;
  // A machine that stood still meanwhile opened another period.
  if (asked < line_of_numbers::period)
    CHECK(at.sent.size() == few);
  at.io.run();
  CHECK(clock::now() - begin >= line_of_numbers::delay);
  REQUIRE(at.sent.size() == 3 * few);
  if (asked < line_of_numbers::period)
    for (std::size_t i = 0; i < at.sent.size(); ++i)
      CHECK(at.sent[i] == i + 1);
}

TEST_CASE("other refusals leave at once, however many they are") {
  desk at;
  for (std::size_t number = 0; number < 3 * few; ++number)
    at.line.take(error_code::invalid_request, std::move(number));
  CHECK(at.sent.size() == 3 * few);
}

TEST_CASE("what is held leaves before the end") {
  desk at;
  at.refuse(2 * few);
  at.line.flush();
  CHECK(at.sent.size() == 2 * few);
  at.line.abandon();
  at.io.run();
  CHECK(at.sent.size() == 2 * few);
}

TEST_CASE("what is forgotten never leaves") {
  desk at;
  at.refuse(2 * few);
  const auto before = at.sent.size();
  at.line.abandon();
  at.io.run();
  CHECK(at.sent.size() == before);
}
