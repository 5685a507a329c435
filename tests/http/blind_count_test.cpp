// A PUT that does not say what it replaces.
#include "requests.hpp"

#include "http/render.hpp"

using namespace holdfast;
using namespace holdfast::http;
using nlohmann::json;

namespace {

operation_ptr blind_count() {
  return operation_of(send("PUT", base, R"({"onHand":1})"));
}

} // namespace

TEST_CASE("a PUT without a precondition becomes a read") {
  auto put = send("PUT", base, R"({"onHand":1})");
  put.idempotency_key = "k";
  for (const auto* known : {"\"7\"", "W/\"7\", \"8\""}) {
    put.if_none_match = known;
    const auto op = operation_of(put);
    CHECK(op->is_blind);
    CHECK(op->ask.from.what == action::read);
    CHECK(op->ask.if_none_match.is == etag_condition::kind::none);
  }
  put.if_none_match = {};
  CHECK(operation_of(put)->is_blind);
  put.body = "{}";
  CHECK(refusal_of(put).status == 400);
}

TEST_CASE("a PUT with a precondition stays what it is") {
  auto put = send("PUT", base, R"({"onHand":1})");
  put.if_none_match = "*";
  CHECK_FALSE(operation_of(put)->is_blind);
  put.if_none_match = {};
  put.if_match = "\"7\"";
  CHECK_FALSE(operation_of(put)->is_blind);
  CHECK(operation_of(put)->ask.from.what == action::count);
  CHECK_FALSE(operation_of(get(base))->is_blind);
}

TEST_CASE("the refusal names the version of a record that exists") {
  const auto op = blind_count();
  op->answer.emplace().has_record = true;
  op->answer->record.version = 7;
  const auto refused = rendered(*op);
  CHECK(refused.status == 428);
  CHECK(refused.code == error_code::precondition_required);
  CHECK(refused.etag == 0);
  CHECK(json::parse(refused.body).at("currentVersion") == 7);
}

TEST_CASE("the refusal names no version of a record that does not exist") {
  const auto op = blind_count();
  op->answer = refusal(error_code::sku_not_found);
  CHECK(rendered(*op).status == 428);
  CHECK_FALSE(json::parse(rendered(*op).body).contains("currentVersion"));
}

TEST_CASE("what keeps a read from its record is told as it is") {
  const auto op = blind_count();
  op->answer = refusal(error_code::store_not_found);
  CHECK(rendered(*op).status == 404);
  op->answer = refusal(error_code::overloaded);
  CHECK(rendered(*op).status == 503);
}
