// Every refusal against its schema, and schemas against what is no refusal.
#include <doctest/doctest.h>

#include "http/openapi.hpp"
#include "http/problem.hpp"
#include "http/problem_table.hpp"
#include "tests/support/api_document.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

struct openapi_problems_fixture {
  test::api_document document{json::parse(openapi_document())};
  /// From a code to the schema of its problem.
  json mapping = document.all()["components"]["responses"]["Problem"]["content"]
                               ["application/problem+json"]["schema"]
                               ["discriminator"]["mapping"];

  json schema_of(std::string_view code) const {
    return {{"$ref", mapping.at(std::string{code})}};
  }
};

std::vector<error_code> all_codes() {
  std::vector<error_code> result;
  for (int i = 1; to_string(static_cast<error_code>(i)) != "unknown"; ++i)
    result.push_back(static_cast<error_code>(i));
  return result;
}

/// A refusal with the members that its code names.
api_response problem_of(error_code code) {
  if (code == error_code::invalid_request)
    return render_problem(code, "id", {}, {{"/delta", "is required"}});
  auto refused = refusal(code);
  switch (code) {
  case error_code::version_conflict:
    refused.expected_version = 0;
    refused.current_version = 1;
    break;
  case error_code::insufficient_stock:
    refused.requested = 1;
    refused.available = -1;
    break;
  case error_code::reservation_closed:
    refused.state = reservation_state::expired;
    break;
  case error_code::quantity_exceeds_hold:
    refused.held = 0;
    break;
  case error_code::limit_exceeded:
    refused.limit = 0;
    break;
  default:
    break;
  }
  return render_problem(refused, "id");
}

} // namespace

TEST_CASE_FIXTURE(openapi_problems_fixture,
                  "every code is a problem of the document") {
  CHECK(all_codes().size() >= 34);
  CHECK(mapping.size() == all_codes().size());
  for (const auto code : all_codes()) {
    const std::string name{to_string(code)};
    CAPTURE(name);
    REQUIRE(mapping.contains(name));
    const auto schema = document.resolve(schema_of(name));
    CHECK(schema["description"] == problem_kind_of(code).detail);
    for (const auto& fault :
         document.check(schema, json::parse(problem_of(code).body)))
      FAIL_CHECK(fault);
  }
}

TEST_CASE_FIXTURE(openapi_problems_fixture,
                  "a problem fits the schema of its code alone") {
  for (const auto code : all_codes()) {
    const auto problem = json::parse(problem_of(code).body);
    for (const auto other : all_codes()) {
      CAPTURE(to_string(code));
      CAPTURE(to_string(other));
      CHECK(document.check(schema_of(to_string(other)), problem).empty()
            == (code == other));
    }
  }
}

TEST_CASE_FIXTURE(openapi_problems_fixture, "each member of a problem counts") {
  for (const auto code : all_codes()) {
    const auto problem = json::parse(problem_of(code).body);
    const auto schema = schema_of(to_string(code));
    CAPTURE(to_string(code));
    for (const auto& [name, value] : problem.items()) {
      CAPTURE(name);
      auto without = problem;
      without.erase(name);
      CHECK_FALSE(document.check(schema, without).empty());
      auto other = problem;
      other[name] = value.is_string() ? json(1) : json("x");
      CHECK_FALSE(document.check(schema, other).empty());
    }
    auto more = problem;
    more["stack"] = "trace";
    CHECK_FALSE(document.check(schema, more).empty());
  }
}

TEST_CASE_FIXTURE(openapi_problems_fixture,
                  "what may be refused later is told with a time") {
  for (const auto& each : document.operations())
    for (const auto& [status, response] : each.is->at("responses").items()) {
      CAPTURE(each.name());
      CAPTURE(status);
      const auto waits = status == "503" || status == "429";
      const auto fields = response.value("headers", json::object());
      if (waits)
        CHECK(fields.at("Retry-After")["$ref"]
              == "#/components/headers/Retry-After");
      else if (status != "409")
        CHECK_FALSE(fields.contains("Retry-After"));
    }
}
