#include "tests/http/edge_check.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "http/problem_table.hpp"

namespace holdfast::http {

namespace {

/// Letters and digits where RFC 9110, section 5.6.7, has them.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "Aaa, 00 Aaa 0000 00:00:00 GMT";
  const auto is_same_kind = [](char byte, char kind) {
    switch (kind) {
    case 'A':
      return byte >= 'A' && byte <= 'Z';
    case 'a':
      return byte >= 'a' && byte <= 'z';
    case '0':
      return byte >= '0' && byte <= '9';
    }
    return byte == kind;
  };
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    is_same_kind);
}

void check_problem(const raw_response& answer, std::uint16_t status,
                   std::string_view code) {
  const auto problem = nlohmann::json::parse(answer.body, nullptr, false);
  REQUIRE(problem.is_object());
  CHECK(problem.value("type", "") == "/problems/" + std::string{code});
  CHECK_FALSE(problem.value("title", "").empty());
  CHECK(problem.value("status", 0) == status);
  CHECK_FALSE(problem.value("detail", "").empty());
  CHECK(problem.value("instance", "") == answer.field("X-Request-Id"));
  CHECK(problem.value("code", "") == code);
  CHECK(problem.value("retryable", true) == false);
}

void check_still_open(raw_client& client) {
  CHECK(client.send(get_with("")));
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  CHECK(answer->status < 500);
}

} // namespace

void check_refusal(const raw_response& answer, std::uint16_t status,
                   std::string_view code, bool to_head_request) {
  CHECK(answer.status == status);
  CHECK(answer.reason == reason_phrase(status));
  CHECK(is_date(answer.field("Date")));
  CHECK(answer.field("Content-Type") == "application/problem+json");
  CHECK(answer.field("Connection") == "close");
  CHECK(answer.field("X-Request-Id").size() == 26);
  CHECK(answer.fields.size() == 5);
  if (to_head_request)
    CHECK(answer.body.empty());
  else
    check_problem(answer, status, code);
}

void check_last_refusal(raw_client& client, std::uint16_t status,
                        std::string_view code) {
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  check_refusal(*answer, status, code);
  CHECK(client.is_closed_by_peer());
}

void check_row(std::uint16_t port, const hostile_case& row) {
  raw_client client{port};
  // Even of what is refused early, all is taken.
  CHECK(client.send(row.raw));
  for (unsigned i = 0; i < row.passed; ++i) {
    const auto answer = client.receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status != 501);
    CHECK(answer->status != 505);
  }
  if (row.status != 0) {
    const auto is_head = row.raw.starts_with("HEAD ");
    const auto answer = client.receive(is_head);
    REQUIRE(answer.has_value());
    check_refusal(*answer, row.status, row.code, is_head);
  }
  if (row.closes)
    CHECK(client.is_closed_by_peer());
  else
    check_still_open(client);
}

} // namespace holdfast::http
