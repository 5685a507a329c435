// Reservations by their id, and their end by time.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// A record of ten of which four are held.
struct contract_reservation_fixture {
  place at{fresh_name("by id")};
  std::string path = record_path(at.sku);
  caller client{shared_node().port()};
  std::string id;
  std::string hold_path;

  contract_reservation_fixture() {
    client.ask(put(path, R"({"onHand":10})", if_new));
    take(R"({"quantity":4})");
  }
  json take(const std::string& body) {
    const auto both = body_of(client.ask(post(path + "/reserve", body)));
    id = both["reservation"]["reservationId"];
    hold_path = "/api/reservations/" + id;
    return both["reservation"];
  }
  auto act(const std::string& verb, const std::string& body = "{}",
           const std::string& fields = {}) {
    return client.ask(post(hold_path + verb, body, fields));
  }
  json read() {
    const auto answer = client.ask(get(hold_path));
    CHECK(answer.status == 200);
    CHECK(answer.field("ETag").empty());
    return body_of(answer);
  }
  bool has_expired() {
    return read()["state"] == "expired";
  }
};

} // namespace

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "a reservation is read by its id") {
  const auto answer = client.ask(get(hold_path));
  CHECK(check_hold(body_of(answer), at, {4}) == id);
  CHECK(answer.field("Content-Type") == "application/json");
  const auto bare = client.ask(head(hold_path));
  CHECK(bare.status == 200);
  CHECK(bare.body.empty());
  CHECK(bare.field("Content-Length") == answer.field("Content-Length"));
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "an unknown reservation is not found") {
  for (const std::string other : {"x", "1.1~store-1~QQ", "9.9~store-1~QQ"}) {
    const auto base = "/api/reservations/" + other;
    check_problem(client.ask(get(base)), 404, "reservation_not_found");
    for (const auto* verb : {"/commit", "/release"})
      check_problem(client.ask(post(base + verb, "{}")), 404,
                    "reservation_not_found");
    check_problem(client.ask(post(base + "/extend", R"({"ttlSeconds":1})")),
                  404, "reservation_not_found");
  }
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "a reservation is ended by its id") {
  check_both(act("/release", R"({"quantity":1,"reason":"r"})"), 200, at,
             {4, "active", 0, 1}, {3, 10, 3});
  check_both(
      act("/commit", R"({"quantity":2,"expectedVersion":3})", if_match(3)), 200,
      at, {4, "committed", 2, 2}, {4, 8, 0});
  check_hold(read(), at, {4, "committed", 2, 2});
  check_problem(act("/release"), 409, "reservation_closed",
                {{"state", "committed"}});
  check_problem(act("/extend", R"({"ttlSeconds":9})"), 409,
                "reservation_closed", {{"state", "committed"}});
  take(R"({"quantity":1})");
  check_both(act("/release", ""), 200, at, {1, "released", 0, 1}, {6, 8, 0});
  check_problem(act("/commit"), 409, "reservation_closed",
                {{"state", "released"}});
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "an end counts whichever path it came by") {
  const auto member = R"({"reservationId":")" + id + R"("})";
  const auto first = client.ask(post(path + "/commit", member));
  check_both(first, 200, at, {4, "committed", 4}, {3, 6, 0});
  const auto again = act("/commit");
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  check_problem(act("/release"), 409, "reservation_closed",
                {{"state", "committed"}});
  take(R"({"quantity":1})");
  act("/release");
  check_problem(
      client.ask(post(path + "/commit", R"({"reservationId":")" + id + "\"}")),
      409, "reservation_closed", {{"state", "released"}});
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "an extension counts from now") {
  const auto before = read();
  const auto answer = act("/extend", R"({"ttlSeconds":60})");
  check_both(answer, 200, at, {4}, {3, 10, 4});
  const auto body = body_of(answer);
  const auto& hold = body["reservation"];
  CHECK(hold["createdAt"] == before["createdAt"]);
  CHECK(time_ms(hold["expiresAt"])
        == time_ms(body["record"]["updatedAt"]) + 60'000);
  CHECK(read() == hold);
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "a hold ends at its time and not before") {
  const auto hold = take(R"({"quantity":6,"ttlSeconds":1})");
  CHECK(time_ms(hold["expiresAt"]) - time_ms(hold["createdAt"]) == 1000);
  REQUIRE(test::wait_until([&] { return has_expired(); }));
  check_hold(read(), at, {6, "expired", 0, 6});
  const auto record = client.ask(get(path));
  check_record(record, 200, at, {4, 10, 4});
  CHECK(time_ms(body_of(record)["updatedAt"]) >= time_ms(hold["expiresAt"]));
  for (const auto& [verb, body] : {std::pair{"/commit", "{}"},
                                   {"/release", "{}"},
                                   {"/release", R"({"quantity":1})"},
                                   {"/extend", R"({"ttlSeconds":1})"}})
    check_problem(act(verb, body), 409, "reservation_closed",
                  {{"state", "expired"}});
  check_record(client.ask(get(path)), 200, at, {4, 10, 4});
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "what is left of a hold comes back when it ends") {
  take(R"({"quantity":6,"ttlSeconds":3})");
  act("/release", R"({"quantity":2})");
  REQUIRE(test::wait_until([&] { return has_expired(); }));
  check_hold(read(), at, {6, "expired", 0, 6});
  check_record(client.ask(get(path)), 200, at, {5, 10, 4});
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "a hold that is extended outlives its first end") {
  const auto first = take(R"({"quantity":1,"ttlSeconds":2})");
  const auto longer =
      body_of(act("/extend", R"({"ttlSeconds":3})"))["reservation"];
  CHECK(time_ms(longer["expiresAt"]) > time_ms(first["expiresAt"]));
  REQUIRE(test::wait_until([&] { return has_expired(); }));
  // Nothing else has changed the record since.
  CHECK(time_ms(body_of(client.ask(get(path)))["updatedAt"])
        >= time_ms(longer["expiresAt"]));
}

TEST_CASE_FIXTURE(contract_reservation_fixture,
                  "an expired hold makes room for the next") {
  take(R"({"quantity":6,"ttlSeconds":1})");
  raw_response granted;
  REQUIRE(test::wait_until([&] {
    granted = client.ask(post(path + "/reserve", R"({"quantity":6})"));
    return granted.status == 201;
  }));
  check_both(granted, 201, at, {6}, {5, 10, 10});
}
