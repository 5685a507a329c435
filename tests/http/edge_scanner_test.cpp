#include "http/edge_scanner.hpp"

#include <doctest/doctest.h>

#include <random>
#include <utility>

#include "tests/http/hostile_cases.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

using verdict = edge_scanner::verdict;

/// What became of all bytes of a connection.
struct outcome {
  unsigned passed = 0;
  error_code code = error_code::none;
  std::string message;

  bool operator==(const outcome&) const = default;
};

/// Reads `raw` in pieces: `next_size` says how long each is.
template <class Sizes>
outcome scan(std::string_view raw, Sizes next_size) {
  outcome seen;
  edge_scanner scanner;
  while (!raw.empty()) {
    const auto piece = raw.substr(0, next_size());
    const auto result = scanner.feed(piece.data(), piece.size());
    if (result.is == verdict::violation) {
      seen.code = result.code;
      seen.message = result.message;
      return seen;
    }
    REQUIRE(result.consumed > 0);
    raw.remove_prefix(result.consumed);
    if (result.is == verdict::complete) {
      ++seen.passed;
      scanner.reset();
    }
  }
  return seen;
}

outcome scan_whole(std::string_view raw) {
  return scan(raw, [&] { return raw.size(); });
}

} // namespace

TEST_CASE("every hostile case gets its verdict") {
  for (const auto& row : all_hostile_cases()) {
    CAPTURE(row.name);
    const auto seen = scan_whole(row.raw);
    CHECK(seen.passed == row.passed);
    if (row.status == 0)
      CHECK(seen.code == error_code::none);
    else
      CHECK(to_string(seen.code) == row.code);
  }
}

TEST_CASE("the table is large enough to mean something") {
  std::size_t hostile = 0;
  for (const auto& row : all_hostile_cases())
    hostile += row.status != 0;
  MESSAGE(hostile << " refusals of " << all_hostile_cases().size() << " rows");
  CHECK(hostile >= 300);
}

TEST_CASE("the verdict does not depend on single bytes") {
  for (const auto& row : all_hostile_cases()) {
    CAPTURE(row.name);
    CHECK(scan(row.raw, [] { return 1; }) == scan_whole(row.raw));
  }
}

TEST_CASE("the verdict does not depend on where the bytes are cut once") {
  constexpr std::size_t size_max = 400;
  for (const auto& row : all_hostile_cases()) {
    if (row.raw.size() > size_max)
      continue;
    CAPTURE(row.name);
    const auto whole = scan_whole(row.raw);
    for (std::size_t cut = 1; cut < row.raw.size(); ++cut) {
      auto size = cut;
      CHECK(scan(row.raw, [&] { return std::exchange(size, size_max); })
            == whole);
    }
  }
}

TEST_CASE("the verdict does not depend on any cutting") {
  auto random = seeded_engine();
  for (const auto& row : all_hostile_cases()) {
    CAPTURE(row.name);
    const auto whole = scan_whole(row.raw);
    for (const unsigned size_max : {3, 16, 700}) {
      std::uniform_int_distribution<std::size_t> size{1, size_max};
      CHECK(scan(row.raw, [&] { return size(random); }) == whole);
    }
  }
}

TEST_CASE("the first fault in reading order is the one that is told") {
  const auto code_of = [](const std::string& raw) {
    return scan_whole(raw).code;
  };
  CHECK(code_of(get_with("Upgrade: x\r\nTransfer-Encoding: y\r\n"))
        == error_code::not_implemented);
  CHECK(code_of(get_with("Transfer-Encoding: y\r\nUpgrade: x\r\n"))
        == error_code::length_required);
  CHECK(code_of("BREW / HTTP/3.0\r\n") == error_code::not_implemented);
  CHECK(code_of("GET / HTTP/3.0\r\nX Y\r\n")
        == error_code::version_not_supported);
  CHECK(code_of("POST / HTTP/1.1\r\n\r\n") == error_code::invalid_request);
}

TEST_CASE("a fault is told at the byte that is one") {
  const auto raw = get_with("X-Y: 1\r\n");
  edge_scanner scanner;
  const auto fault_at = raw.find('1', raw.find("X-Y"));
  REQUIRE(scanner.feed(raw.data(), fault_at).is == verdict::need_more);
  CHECK(scanner.feed("\n", 1).is == verdict::violation);
}

TEST_CASE("the scanner knows where it is") {
  edge_scanner scanner;
  const auto feed = [&](std::string_view text) {
    return scanner.feed(text.data(), text.size());
  };
  feed("\r\n");
  CHECK_FALSE(scanner.is_inside());
  feed("H");
  CHECK(scanner.is_inside());
  feed("EAD / HTTP/1.1\r\n");
  CHECK(scanner.is_head_request());
  CHECK_FALSE(scanner.is_past_head());
  const auto end = feed("Host: a\r\n\r\nGET");
  CHECK(end.is == verdict::complete);
  CHECK(end.consumed == 11);
  CHECK_FALSE(scanner.is_inside());
}

TEST_CASE("who expects to be asked is asked once, before the body") {
  const auto head =
      post_with("Content-Length: 2\r\nExpect: 100-Continue \r\n", "");
  edge_scanner scanner;
  scanner.feed(head.data(), head.size());
  CHECK(scanner.is_past_head());
  CHECK(scanner.take_continue());
  CHECK_FALSE(scanner.take_continue());
  scanner.reset();
  const auto with_body = head + "{";
  scanner.feed(with_body.data(), with_body.size());
  CHECK_FALSE(scanner.take_continue());
}

TEST_CASE("other expectations are ignored") {
  for (const auto* value : {"", "100", "100-continue, x", "x100-continue",
                            "100-continue-and-more-than-that"}) {
    const auto head = post_with(
        "Content-Length: 2\r\nExpect: " + std::string{value} + "\r\n", "");
    edge_scanner scanner;
    REQUIRE(scanner.feed(head.data(), head.size()).is == verdict::need_more);
    CHECK_FALSE(scanner.take_continue());
  }
}
