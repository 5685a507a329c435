#include "http/traffic.hpp"

#include <doctest/doctest.h>

#include "http/problem_table.hpp"

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;

namespace {

struct traffic_fixture {
  traffic one;
  traffic other;
  const route* first = &all_routes().front();

  std::vector<route_traffic> sum() const {
    const traffic* const all[] = {&one, &other};
    return traffic::sum(all);
  }
};

} // namespace

TEST_CASE_FIXTURE(traffic_fixture,
                  "there is an entry a route, and one for no route") {
  const auto all = sum();
  REQUIRE(all.size() == all_routes().size() + 1);
  for (std::size_t i = 0; i < all_routes().size(); ++i)
    CHECK(all[i].of == &all_routes()[i]);
  CHECK(all.back().of == nullptr);
  for (const auto& each : all) {
    CHECK(each.answers.empty());
    CHECK(each.micros.count() == 0);
  }
}

TEST_CASE_FIXTURE(traffic_fixture, "threads are added up") {
  one.end(first, 200, error_code::none, 150us);
  other.end(first, 200, error_code::none, 250us);
  other.end(first, 304, error_code::none, 1ms);
  other.end(nullptr, 404, error_code::route_not_found, 1us);
  const auto all = sum();
  REQUIRE(all.front().answers.size() == 2);
  CHECK(all.front().answers[0].status == 200);
  CHECK(all.front().answers[0].count == 2);
  CHECK(all.front().answers[1].status == 304);
  CHECK(all.front().micros.count() == 3);
  CHECK(all.front().micros.sum == 1'400);
  REQUIRE(all.back().answers.size() == 1);
  CHECK(all.back().answers[0].code == error_code::route_not_found);
}

TEST_CASE_FIXTURE(traffic_fixture, "every code is counted as itself") {
  for (int i = 1; i <= static_cast<int>(error_code_last); ++i) {
    const auto code = static_cast<error_code>(i);
    one.end(first, problem_kind_of(code).status, code, 1us);
  }
  const auto all = sum();
  const auto& answers = all.front().answers;
  REQUIRE(answers.size() == static_cast<std::size_t>(error_code_last));
  for (const auto& each : answers) {
    CHECK(each.count == 1);
    CHECK(each.status == problem_kind_of(each.code).status);
  }
}

TEST_CASE_FIXTURE(traffic_fixture,
                  "a request waits from its begin to its end") {
  one.begin();
  one.begin();
  CHECK(one.waiting() == 2);
  one.end(first, 200, error_code::none, 1us);
  CHECK(one.waiting() == 1);
}
