// What requests become.
#include "requests.hpp"

#include "holdfast/reservation_id.hpp"
#include "http/fingerprint.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

const auto hold_id = format_reservation_id("store-1", "BANK CHARGES", {3, 9});
const std::string hold_target = "/api/reservations/" + hold_id;

} // namespace

TEST_CASE("a GET reads the record") {
  const auto read = operation_of(get(base));
  CHECK(read->ask.from.what == action::read);
  CHECK(read->ask.from.store == "store-1");
  CHECK(read->ask.from.sku == "85123A");
  CHECK(read->ask.from.key.empty());
  CHECK(read->todo == errand::none);
}

TEST_CASE("HEAD reads like GET") {
  auto request = get(base);
  request.method = "HEAD";
  CHECK(operation_of(request)->ask.from.what == action::read);
}

TEST_CASE("an adjust carries key and fingerprint") {
  auto request = send("POST", base + "/adjust", R"({"delta":-5})");
  request.idempotency_key = "\"k-1\"";
  const auto interpretation = interpreted(request);
  REQUIRE(interpretation.taken != nullptr);
  CHECK(interpretation.taken->what == action::adjust);
  const auto& ask = std::get<operation_ptr>(interpretation.next)->ask;
  CHECK(ask.from.what == action::adjust);
  CHECK_FALSE(ask.from.by_reservation);
  CHECK(ask.amount == -5);
  CHECK(ask.from.key == "k-1");
  CHECK(ask.from.fingerprint == sha256(R"({"delta":-5})"));
}

TEST_CASE("each action of a record is reached by its path") {
  const auto id = format_reservation_id("store-1", "85123A", {3, 9});
  const auto body = R"({"reservationId":")" + id + R"("})";
  const auto what = [](const api_request& request) {
    return operation_of(request)->ask.from.what;
  };
  CHECK(what(send("POST", base + "/reserve", R"({"quantity":1})"))
        == action::reserve);
  CHECK(what(send("POST", base + "/release", body)) == action::release);
  CHECK(what(send("POST", base + "/commit", body)) == action::commit);
  auto put = send("PUT", base, R"({"onHand":1})");
  put.if_match = "*";
  CHECK(what(put) == action::count);
}

TEST_CASE("a SKU is what its escapes mean") {
  const auto read = operation_of(
      get("/api/inventory/stores/store-1/inventory/BANK%20CHARGES+%C3%A9"));
  CHECK(read->ask.from.sku == "BANK CHARGES+é");
}

TEST_CASE("the absolute form is taken") {
  CHECK(operation_of(get("http://shop:3000" + base))->ask.from.sku == "85123A");
}

TEST_CASE("a reservation is found by its id alone") {
  const auto read = operation_of(get(hold_target));
  CHECK(read->ask.from.what == action::read_reservation);
  CHECK(read->ask.from.by_reservation);
  CHECK(read->ask.from.store == "store-1");
  CHECK(read->ask.from.sku == "BANK CHARGES");
  CHECK(read->ask.reservation == reservation_ref{3, 9});
}

TEST_CASE("a reservation is committed, released and extended by its id") {
  auto commit = send("POST", hold_target + "/commit", "");
  commit.content_type = {};
  commit.idempotency_key = "k";
  const auto committed = operation_of(commit);
  CHECK(committed->ask.from.what == action::commit);
  CHECK(committed->ask.from.by_reservation);
  CHECK(committed->ask.from.fingerprint == sha256("{}"));
  CHECK(
      operation_of(send("POST", hold_target + "/release", R"({"quantity":2})"))
          ->ask.amount
      == 2);
  CHECK(operation_of(
            send("POST", hold_target + "/extend", R"({"ttlSeconds":60})"))
            ->ask.ttl_s
        == 60);
}

TEST_CASE("preconditions go with the command") {
  auto put = send("PUT", base, R"({"onHand":1})");
  put.if_match = "\"7\", W/\"8\"";
  put.if_none_match = "W/\"9\"";
  const auto ask = operation_of(put)->ask;
  CHECK(ask.if_match.is == etag_condition::kind::list);
  CHECK(ask.if_match.versions == std::vector<std::uint64_t>{7});
  CHECK(ask.if_none_match.versions == std::vector<std::uint64_t>{9});
  put.if_match = {};
  put.if_none_match = "*";
  CHECK(operation_of(put)->ask.if_none_match.is == etag_condition::kind::any);
}

TEST_CASE("a read of a reservation knows no preconditions") {
  auto read = get(hold_target);
  read.if_none_match = "*";
  CHECK(operation_of(read)->ask.if_none_match.is == etag_condition::kind::none);
}

TEST_CASE("a key on a read is not looked at") {
  auto read = get(base);
  read.idempotency_key = "";
  read.idempotency_key = std::string_view{"", 0};
  CHECK(operation_of(read)->ask.from.key.empty());
}

TEST_CASE("pages are left to the server") {
  for (const auto& [path, page] :
       {std::pair{"/api/health", builtin::health},
        std::pair{"/api/inventory/stores", builtin::stores}}) {
    const auto result = interpreted(get(path));
    REQUIRE(result.taken != nullptr);
    CHECK(result.taken->pattern == path);
    CHECK(std::get<page_request>(result.next).which == page);
  }
}
