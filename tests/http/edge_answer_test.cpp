#include "http/edge_answer.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>

#include "http/problem_table.hpp"

using namespace holdfast;
using namespace holdfast::http;

TEST_CASE("a problem has the members of the contract and no others") {
  const auto problem = nlohmann::ordered_json::parse(
      render_problem(error_code::uri_too_long, "Too long.", "id-1"));
  CHECK(problem["type"] == "/problems/uri_too_long");
  CHECK(problem["title"] == problem_kind_of(error_code::uri_too_long).title);
  CHECK(problem["status"] == 414);
  CHECK(problem["detail"] == "Too long.");
  CHECK(problem["instance"] == "id-1");
  CHECK(problem["code"] == "uri_too_long");
  CHECK(problem["retryable"] == false);
  CHECK(problem.size() == 7);
}

TEST_CASE("an invalid request names its fault") {
  const auto problem = nlohmann::json::parse(
      render_problem(error_code::invalid_request, "No Host.", "id-1"));
  REQUIRE(problem["errors"].size() == 1);
  CHECK(problem["errors"][0]["pointer"] == "");
  CHECK(problem["errors"][0]["message"] == "No Host.");
}

TEST_CASE("an id that JSON has to escape stays what it was") {
  for (const std::string id :
       {R"(")", R"(\)", R"(a","code":"none)", R"(\u0041)", R"(\")"}) {
    CAPTURE(id);
    const auto whole = render_refusal(error_code::internal, "x", id, false);
    CHECK(whole.find("\r\nX-Request-Id: " + id + "\r\n") != std::string::npos);
    const auto body = whole.substr(whole.find("\r\n\r\n") + 4);
    CHECK(whole.find("\r\nContent-Length: " + std::to_string(body.size())
                     + "\r\n")
          != std::string::npos);
    const auto problem = nlohmann::json::parse(body, nullptr, false);
    REQUIRE(problem.is_object());
    CHECK(problem.size() == 7);
    CHECK(problem["instance"] == id);
    CHECK(problem["code"] == "internal");
  }
}

TEST_CASE("a HEAD is refused without a body but with its length") {
  const auto text = render_refusal(error_code::internal, "x", "id-1", true);
  CHECK(text.ends_with("\r\n\r\n"));
  const auto whole = render_refusal(error_code::internal, "x", "id-1", false);
  CHECK(whole.find("\r\nX-Request-Id: id-1\r\n") != std::string::npos);
  const auto body = whole.substr(whole.find("\r\n\r\n") + 4);
  CHECK(text.find("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n")
        != std::string::npos);
}
