#include "http/problem_table.hpp"

#include <doctest/doctest.h>

#include <set>

#include "http/edge_counters.hpp"
#include "http/request_id.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

constexpr auto code_count = static_cast<unsigned>(error_code_last) + 1;

error_code code_at(unsigned i) {
  return static_cast<error_code>(i);
}

} // namespace

TEST_CASE("every code has a status with a reason and a title of its own") {
  std::set<std::string_view> titles;
  for (unsigned i = 1; i < code_count; ++i) {
    CAPTURE(to_string(code_at(i)));
    const auto& kind = problem_kind_of(code_at(i));
    CHECK(kind.status >= 400);
    CHECK(kind.status <= 505);
    CHECK_FALSE(reason_phrase(kind.status).empty());
    CHECK(titles.insert(kind.title).second);
    CHECK(kind.title.find_first_of("\"\\") == std::string_view::npos);
  }
}

TEST_CASE("success is no problem") {
  CHECK(problem_kind_of(error_code::none).status == 200);
}

TEST_CASE("what is no code is told as internal") {
  CHECK(problem_kind_of(code_at(code_count)).status == 500);
  CHECK(problem_kind_of(code_at(255)).status == 500);
}

TEST_CASE("request ids are printable and never the same") {
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) {
    const auto id = fresh_request_id();
    REQUIRE(id.size() == 26);
    REQUIRE(id.find_first_not_of("0123456789abcdefghijklmnopqrstuv")
            == std::string::npos);
    REQUIRE(seen.insert(id).second);
  }
}

TEST_CASE("refusals are counted by code") {
  const auto before = edge_refusals(error_code::uri_too_long);
  const auto others = edge_refusals(error_code::invalid_request);
  on_edge_refusal(error_code::uri_too_long);
  on_edge_refusal(error_code::uri_too_long);
  CHECK(edge_refusals(error_code::uri_too_long) == before + 2);
  CHECK(edge_refusals(error_code::invalid_request) == others);
}
