#include <doctest/doctest.h>

#include "src/cli/load/transport.hpp"
#include "src/cli/load/wire.hpp"

using namespace holdfast;
using namespace holdfast::cli;

namespace {

const std::string record =
    R"({"storeId":"s","sku":"A","onHand":9,"reserved":2,"safetyStock":0,)"
    R"("backorderLimit":0,"available":7,"version":3,)"
    R"("updatedAt":"2026-11-22T06:11:00.123Z"})";
const std::string reservation_body =
    R"({"reservationId":"3.7~s~QQ","storeId":"s","sku":"A","quantity":2,)"
    R"("state":"active","expiresAt":"2026-11-22T06:26:00.123Z",)"
    R"("committedQuantity":0,"releasedQuantity":0,)"
    R"("createdAt":"2026-11-22T06:11:00.123Z"})";

std::string answer(const std::string& status, const std::string& body,
                   const std::string& fields = {}) {
  return "HTTP/1.1 " + status + "\r\n" + fields
         + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

outcome meaning(const std::string& bytes, action asked) {
  const auto parsed = parse_answer(bytes);
  REQUIRE(parsed);
  CHECK(parsed->size == bytes.size());
  return to_outcome(*parsed, asked);
}

command make(action what) {
  command made;
  made.from.what = what;
  made.from.store = "s";
  made.from.sku = "BANK CHARGES";
  made.from.key = "k-1";
  return made;
}

} // namespace

TEST_CASE("a base is a host and a port") {
  const auto base = parse_base("http://localhost:3000/", "secret");
  CHECK(base.address == "127.0.0.1");
  CHECK(base.port == 3000);
  CHECK(base.fields()
        == " HTTP/1.1\r\nHost: localhost:3000\r\n"
           "Authorization: Bearer secret\r\n");
  CHECK(parse_base("http://10.0.0.1", "").port == 80);
  const auto v6 = parse_base("http://[::1]", "");
  CHECK(v6.address == "::1");
  CHECK(v6.fields() == " HTTP/1.1\r\nHost: [::1]:80\r\n");
  // No name has so long a part, so no server is asked for it.
  CHECK_THROWS_AS(parse_base("http://" + std::string(64, 'a') + ":1", ""),
                  load_failure);
  CHECK_THROWS_AS(parse_base("http://a:b", ""), load_failure);
}

TEST_CASE("a write is a POST with a key and a body") {
  const auto base = parse_base("http://127.0.0.1:1", "");
  auto ask = make(action::reserve);
  ask.amount = 2;
  ask.ttl_s = 5;
  CHECK(to_request(ask, base)
        == "POST /api/inventory/stores/s/inventory/BANK%20CHARGES/reserve "
           "HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Type: application/json\r\n"
           "Idempotency-Key: k-1\r\nContent-Length: 29\r\n\r\n"
           R"({"quantity":2,"ttlSeconds":5})");
}

TEST_CASE("a hold is extended by its id and used by its SKU") {
  const auto base = parse_base("http://127.0.0.1:1", "");
  auto ask = make(action::extend);
  ask.reservation = {3, 7};
  CHECK(to_request(ask, base).starts_with(
      "POST /api/reservations/3.7~s~QkFOSyBDSEFSR0VT/extend "));
  ask.from.what = action::commit;
  CHECK(to_request(ask, base).ends_with(
      R"({"reservationId":"3.7~s~QkFOSyBDSEFSR0VT"})"));
  CHECK(to_request(make(action::read), base).starts_with("GET /api/inv"));
}

TEST_CASE("a record is understood") {
  const auto told = meaning(answer("200 OK", record), action::read);
  CHECK(told.ok());
  CHECK(told.record == balances{9, 2, 0, 0, 3, 1'795'327'860'123});
  CHECK(told.available == 7);
  CHECK_FALSE(told.has_hold);
  CHECK_FALSE(told.replayed);
}

TEST_CASE("a reservation is understood, and that it was told before") {
  const auto body =
      R"({"reservation":)" + reservation_body + R"(,"record":)" + record + "}";
  const auto told =
      meaning(answer("201 Created", body, "Idempotent-Replayed: true\r\n"),
              action::reserve);
  CHECK(told.replayed);
  CHECK(told.hold.ref == reservation_ref{3, 7});
  CHECK(told.hold.quantity == 2);
  CHECK(told.hold.expires_at_ms - told.hold.created_at_ms == 900'000);
  CHECK(told.record.version == 3);
}

TEST_CASE("an answer about a name with braces and quotes is understood") {
  const std::string name = R"("sku":"A")";
  const auto rename = [&](std::string body) {
    return body.replace(body.find(name), name.size(), R"("sku":"}A\"}{")");
  };
  const auto body = R"({"reservation":)" + rename(reservation_body)
                    + R"(,"record":)" + rename(record) + "}";
  const auto told = meaning(answer("201 Created", body), action::reserve);
  CHECK(told.hold.quantity == 2);
  CHECK(told.record.version == 3);
  CHECK(told.available == 7);
}

TEST_CASE("a refusal is understood") {
  const auto told = meaning(
      answer("409 Conflict",
             R"({"code":"insufficient_stock","requested":5,"available":-1})"),
      action::reserve);
  CHECK(told.code == error_code::insufficient_stock);
  CHECK(told.requested == 5);
  CHECK(told.available == -1);
  CHECK(told.held == absent);
}

TEST_CASE("an answer is waited for until it is whole") {
  const auto bytes = answer("200 OK", record, "content-type: x\r\n");
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(parse_answer(std::string_view{bytes}.substr(0, size)));
  CHECK(parse_answer(bytes + "HTTP/1.1")->size == bytes.size());
  CHECK(parse_answer(answer("200 OK", "", "Connection: close\r\n"))->is_last);
}

TEST_CASE("what is no answer of the contract is told") {
  CHECK_THROWS_AS(parse_answer("SSH-2.0-x\r\n\r\n"), load_failure);
  CHECK_THROWS_AS(parse_answer("HTTP/1.1 200 OK\r\n\r\n"), load_failure);
  const auto bare = answer("200 OK", R"({"onHand":1})");
  const auto without = parse_answer(bare);
  CHECK_THROWS_AS(to_outcome(*without, action::read), load_failure);
  const auto tired = answer("409 No", R"({"code":"tired"})");
  const auto strange = parse_answer(tired);
  CHECK_THROWS_AS(to_outcome(*strange, action::read), load_failure);
}
