#include "tests/end_to_end/checks.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "src/history/time_text.hpp"

namespace holdfast::live {

namespace {

/// Written down here once more: a test must not follow the code it tests.
bool is_retryable(int status, std::string_view code) {
  return status == 429 || status == 503 || status == 504
         || code == "idempotency_in_flight" || code == "version_conflict";
}

std::string etag_of(std::uint64_t version) {
  return '"' + std::to_string(version) + '"';
}

} // namespace

json body_of(const raw_response& answer) {
  auto body = json::parse(answer.body, nullptr, false);
  CAPTURE(answer.body);
  REQUIRE_FALSE(body.is_discarded());
  return body;
}

bool is_time(const json& text) {
  return text.is_string()
         && history::time_named(text.get_ref<const std::string&>());
}

std::int64_t time_ms(const json& text) {
  REQUIRE(is_time(text));
  return *history::time_named(text.get_ref<const std::string&>());
}

json check_problem(const raw_response& answer, int status,
                   std::string_view code, const json& more) {
  auto body = body_of(answer);
  CAPTURE(answer.body);
  CHECK(answer.status == status);
  CHECK(answer.field("Content-Type") == "application/problem+json");
  CHECK(answer.field("ETag").empty());
  CHECK(answer.field("Location").empty());
  const bool waits =
      status == 503 || status == 429 || code == "idempotency_in_flight";
  CHECK(answer.field("Retry-After").empty() != waits);
  for (const auto* text : {"title", "detail"})
    CHECK_FALSE(body.value(text, "").empty());
  json expected = {{"type", "/problems/" + std::string{code}},
                   {"title", body.value("title", "")},
                   {"status", status},
                   {"detail", body.value("detail", "")},
                   {"instance", answer.field("X-Request-Id")},
                   {"code", code},
                   {"retryable", is_retryable(status, code)}};
  expected.update(more);
  CHECK(body == expected);
  return body;
}

void check_invalid(const raw_response& answer, const json& pointers) {
  const auto body = body_of(answer);
  CAPTURE(answer.body);
  const auto errors = body.value("errors", json::array());
  auto found = json::array();
  for (const auto& each : errors) {
    CHECK(each.size() == 2);
    CHECK_FALSE(each.value("message", "").empty());
    found.push_back(each.value("pointer", "none"));
  }
  CHECK(found == pointers);
  check_problem(answer, 400, "invalid_request", {{"errors", errors}});
}

void check_record(const json& record, const place& at, const levels& expected) {
  const auto updated_at = record.value("updatedAt", json{});
  CHECK(is_time(updated_at));
  const auto& [version, on_hand, reserved, safety_stock, backorder_limit] =
      expected;
  CHECK(record
        == json{{"storeId", at.store},
                {"sku", at.sku},
                {"onHand", on_hand},
                {"reserved", reserved},
                {"safetyStock", safety_stock},
                {"backorderLimit", backorder_limit},
                {"available", on_hand - reserved - safety_stock},
                {"version", version},
                {"updatedAt", updated_at}});
}

void check_record(const raw_response& answer, int status, const place& at,
                  const levels& expected) {
  CHECK(answer.status == status);
  CHECK(answer.field("Content-Type") == "application/json");
  CHECK(answer.field("ETag") == etag_of(expected.version));
  CHECK(answer.field("Location").empty());
  check_record(body_of(answer), at, expected);
}

std::string check_hold(const json& reservation, const place& at,
                       const hold& expected) {
  const auto id = reservation.value("reservationId", "");
  const auto expires_at = reservation.value("expiresAt", json{});
  const auto created_at = reservation.value("createdAt", json{});
  CHECK_FALSE(id.empty());
  CHECK(id.size() <= 256);
  CHECK(std::all_of(id.begin(), id.end(),
                    [](char c) { return c > 0x20 && c < 0x7f; }));
  CHECK(is_time(expires_at));
  CHECK(is_time(created_at));
  json whole = {{"reservationId", id},
                {"storeId", at.store},
                {"sku", at.sku},
                {"quantity", expected.quantity},
                {"state", expected.state},
                {"expiresAt", expires_at},
                {"committedQuantity", expected.committed},
                {"releasedQuantity", expected.released},
                {"createdAt", created_at}};
  if (!expected.owner.empty())
    whole["owner"] = expected.owner;
  if (!expected.reference.empty())
    whole["reference"] = expected.reference;
  CHECK(reservation == whole);
  return id;
}

std::string check_both(const raw_response& answer, int status, const place& at,
                       const hold& reservation, const levels& record) {
  CAPTURE(answer.body);
  CHECK(answer.status == status);
  CHECK(answer.field("Content-Type") == "application/json");
  CHECK(answer.field("ETag") == etag_of(record.version));
  const auto body = body_of(answer);
  CHECK(body.size() == 2);
  check_record(body.value("record", json::object()), at, record);
  const auto id =
      check_hold(body.value("reservation", json::object()), at, reservation);
  CHECK(answer.field("Location")
        == (status == 201 ? "/api/reservations/" + id : ""));
  return id;
}

} // namespace holdfast::live
