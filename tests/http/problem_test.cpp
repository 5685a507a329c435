#include "requests.hpp"

#include <string>

#include "holdfast/limits.hpp"
#include "http/problem.hpp"
#include "http/problem_table.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

std::vector<error_code> all_problems() {
  std::vector<error_code> result;
  for (auto i = 1; i <= static_cast<int>(error_code_last); ++i)
    result.push_back(static_cast<error_code>(i));
  return result;
}

/// The members of a refusal beyond those that every problem has.
json more_of(const outcome& refused) {
  auto problem = json::parse(render_problem(refused, "id").body);
  for (const auto* common :
       {"type", "title", "status", "detail", "instance", "code", "retryable"})
    CHECK(problem.erase(common) == 1);
  return problem;
}

} // namespace

TEST_CASE("every code is a complete problem document") {
  for (const auto code : all_problems()) {
    const std::string name{to_string(code)};
    CAPTURE(name);
    const auto response = render_problem(code, "id-1");
    CHECK(response.status == problem_kind_of(code).status);
    CHECK(response.code == code);
    CHECK(response.content_type == "application/problem+json");
    CHECK(response.etag == 0);
    auto problem = json::parse(response.body);
    CHECK(problem.at("detail").get<std::string>().size() > 0);
    problem.erase("detail");
    CHECK(problem
          == json{{"type", "/problems/" + name},
                  {"title", problem_kind_of(code).title},
                  {"status", response.status},
                  {"instance", "id-1"},
                  {"code", name},
                  {"retryable", is_retryable(code)}});
  }
}

TEST_CASE("a time to come back is named where waiting helps, and only there") {
  for (const auto code : all_problems()) {
    CAPTURE(to_string(code));
    const auto response = render_problem(code, "id");
    const bool waits = response.status == 503 || response.status == 429
                       || code == error_code::idempotency_in_flight;
    CHECK((response.retry_after_s > 0) == waits);
  }
  CHECK(render_problem(error_code::deadline_exceeded, "id").retry_after_s == 0);
}

TEST_CASE("the faults of a request are listed in order") {
  faults found;
  add_fault(found, "/delta", "must be an integer");
  add_fault(found, "", "a \"quoted\"\nline");
  const auto problem = json::parse(
      render_problem(error_code::invalid_request, "id", {}, found).body);
  CHECK(problem.at("errors")
        == json{{{"pointer", "/delta"}, {"message", "must be an integer"}},
                {{"pointer", ""}, {"message", "a \"quoted\"\nline"}}});
}

TEST_CASE("no faults are no member, and a detail may be given") {
  const auto problem = json::parse(
      render_problem(error_code::invalid_request, "id", "bare CR").body);
  CHECK_FALSE(problem.contains("errors"));
  CHECK(problem.at("detail") == "bare CR");
}

TEST_CASE("a version conflict names both versions") {
  auto refused = refusal(error_code::version_conflict);
  refused.expected_version = 3;
  refused.current_version = 0;
  CHECK(more_of(refused)
        == json{{"expectedVersion", 3}, {"currentVersion", 0}});
}

TEST_CASE("a failed precondition names the version if there is one") {
  auto refused = refusal(error_code::precondition_failed);
  CHECK(more_of(refused) == json::object());
  refused.current_version = 7;
  CHECK(more_of(refused) == json{{"currentVersion", 7}});
}

TEST_CASE("too little stock names what was asked for and what there is") {
  auto refused = refusal(error_code::insufficient_stock);
  refused.requested = 5;
  refused.available = -2;
  CHECK(more_of(refused) == json{{"requested", 5}, {"available", -2}});
}

TEST_CASE("a closed reservation names its state") {
  auto refused = refusal(error_code::reservation_closed);
  refused.state = reservation_state::expired;
  CHECK(more_of(refused) == json{{"state", "expired"}});
}

TEST_CASE("too much for a hold names what is held") {
  auto refused = refusal(error_code::quantity_exceeds_hold);
  refused.held = 0;
  CHECK(more_of(refused) == json{{"held", 0}});
}

TEST_CASE("a result out of range names the limit") {
  auto refused = refusal(error_code::limit_exceeded);
  refused.limit = limits::balance_max;
  CHECK(more_of(refused) == json{{"limit", limits::balance_max}});
}

TEST_CASE("a replayed refusal differs in its instance alone") {
  auto refused = refusal(error_code::insufficient_stock);
  refused.requested = 5;
  refused.available = 3;
  const auto first = render_problem(refused, "id-1");
  refused.replayed = true;
  const auto again = render_problem(refused, "id-1");
  CHECK_FALSE(first.replayed);
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  CHECK(render_problem(refused, "id-2").body != first.body);
}
