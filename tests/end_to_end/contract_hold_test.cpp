// Reservations through the path of their record.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast::live;

namespace {

/// A record of ten.
struct contract_hold_fixture {
  place at{fresh_name("hold")};
  std::string path = record_path(at.sku);
  caller client{shared_node().port()};

  contract_hold_fixture() {
    client.ask(put(path, R"({"onHand":10})", if_new));
  }
  auto reserve(const std::string& body, const std::string& fields = {}) {
    return client.ask(post(path + "/reserve", body, fields));
  }
  auto end(const std::string& verb, const std::string& id,
           const std::string& more = {}, const std::string& fields = {}) {
    return client.ask(post(
        path + verb, R"({"reservationId":")" + id + '"' + more + '}', fields));
  }
  std::string held(int quantity) {
    const auto answer =
        reserve(R"({"quantity":)" + std::to_string(quantity) + '}');
    REQUIRE(answer.status == 201);
    return body_of(answer)["reservation"]["reservationId"];
  }
  void check_now(const levels& expected) {
    check_record(client.ask(get(path)), 200, at, expected);
  }
};

} // namespace

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "a reservation is granted while stock covers it") {
  const auto answer =
      reserve(R"({"quantity":6,"ttlSeconds":60,"owner":"o","reference":"f",)"
              R"("reason":"r","expectedVersion":1})",
              if_match(1));
  check_both(answer, 201, at, {6, "active", 0, 0, "o", "f"}, {2, 10, 6});
  check_problem(reserve(R"({"quantity":5})"), 409, "insufficient_stock",
                {{"requested", 5}, {"available", 4}});
  check_both(reserve(R"({"quantity":4})"), 201, at, {4}, {3, 10, 10});
  check_now({3, 10, 10});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "a hold ends when it was told to, or in 15 minutes") {
  for (const auto& [body, seconds] :
       {std::pair{R"({"quantity":1})", 900},
        {R"({"quantity":1,"ttlSeconds":14400})", 14'400}}) {
    const auto hold = body_of(reserve(body))["reservation"];
    CHECK(time_ms(hold["expiresAt"]) - time_ms(hold["createdAt"])
          == seconds * 1000);
  }
}

TEST_CASE_FIXTURE(contract_hold_fixture, "part of a hold can be given back") {
  const auto id = held(6);
  check_both(end("/release", id, R"(,"quantity":2)"), 200, at,
             {6, "active", 0, 2}, {3, 10, 4});
  check_both(end("/release", id), 200, at, {6, "released", 0, 6}, {4, 10, 0});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "a commit ships a part and returns the rest") {
  const auto id = held(6);
  check_both(end("/commit", id, R"(,"quantity":4,"reason":"r")"), 200, at,
             {6, "committed", 4, 2}, {3, 6, 0});
  const auto other = held(3);
  check_both(end("/commit", other), 200, at, {3, "committed", 3}, {5, 3, 0});
}

TEST_CASE_FIXTURE(contract_hold_fixture, "what was given back is not shipped") {
  const auto id = held(6);
  end("/release", id, R"(,"quantity":2)");
  check_both(end("/commit", id, R"(,"quantity":3)"), 200, at,
             {6, "committed", 3, 3}, {4, 7, 0});
}

TEST_CASE_FIXTURE(contract_hold_fixture, "more than is held is refused") {
  const auto id = held(6);
  for (const auto* verb : {"/release", "/commit"})
    check_problem(end(verb, id, R"(,"quantity":7)"), 409,
                  "quantity_exceeds_hold", {{"held", 6}});
  end("/release", id, R"(,"quantity":2)");
  for (const auto* verb : {"/release", "/commit"})
    check_problem(end(verb, id, R"(,"quantity":5)"), 409,
                  "quantity_exceeds_hold", {{"held", 4}});
  check_now({3, 10, 4});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "the same end twice is the same, another is refused") {
  const std::pair<std::string, std::string> ends[] = {{"/commit", "committed"},
                                                      {"/release", "released"}};
  std::uint64_t version = 1;
  for (int i = 0; i < 2; ++i) {
    const auto id = held(2);
    const auto first = end(ends[i].first, id);
    version += 2;
    const auto again = end(ends[i].first, id);
    CHECK(again.status == 200);
    CHECK(again.field("Idempotent-Replayed").empty());
    CHECK(body_of(again)["reservation"] == body_of(first)["reservation"]);
    CHECK(body_of(end(ends[i].first, id, R"(,"quantity":2)"))["reservation"]
          == body_of(first)["reservation"]);
    check_problem(end(ends[1 - i].first, id), 409, "reservation_closed",
                  {{"state", ends[i].second}});
    check_now({version, 8});
  }
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "a hold is found by its own store and SKU alone") {
  const auto id = held(2);
  const auto neighbour = record_path(fresh_name("neighbour"));
  const auto elsewhere = record_path(at.sku, "store-2");
  const auto ask = R"({"reservationId":")" + id + R"("})";
  for (const auto& other : {neighbour, elsewhere}) {
    for (const auto* verb : {"/release", "/commit"})
      check_problem(client.ask(post(other + verb, ask)), 404,
                    "reservation_not_found");
    client.ask(put(other, R"({"onHand":10})", if_new));
    client.ask(post(other + "/reserve", R"({"quantity":2})"));
    for (const auto* verb : {"/release", "/commit"})
      check_problem(client.ask(post(other + verb, ask)), 404,
                    "reservation_not_found");
  }
  check_problem(end("/release", "never made"), 404, "reservation_not_found");
  check_now({2, 10, 2});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "preconditions hold for every end of a hold") {
  const auto id = held(2);
  for (const auto* verb : {"/release", "/commit"}) {
    check_problem(end(verb, id, {}, if_match(1)), 412, "precondition_failed",
                  {{"currentVersion", 2}});
    check_problem(end(verb, id, R"(,"expectedVersion":1)"), 409,
                  "version_conflict",
                  {{"expectedVersion", 1}, {"currentVersion", 2}});
  }
  check_both(end("/commit", id, R"(,"expectedVersion":2)", if_match(2)), 200,
             at, {2, "committed", 2}, {3, 8, 0});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "safety stock is for adjusts, not for holds") {
  client.ask(put(path, R"({"safetyStock":4})", if_match(1)));
  check_problem(reserve(R"({"quantity":7})"), 409, "insufficient_stock",
                {{"requested", 7}, {"available", 6}});
  check_both(reserve(R"({"quantity":6})"), 201, at, {6}, {3, 10, 6, 4});
  check_record(client.ask(post(path + "/adjust", R"({"delta":-3})")), 200, at,
               {4, 7, 6, 4});
  check_problem(client.ask(post(path + "/adjust", R"({"delta":-2})")), 409,
                "insufficient_stock", {{"requested", 2}, {"available", -3}});
}

TEST_CASE_FIXTURE(contract_hold_fixture,
                  "a backorder ships once it is filled") {
  client.ask(put(path, R"({"onHand":2,"backorderLimit":5})", if_match(1)));
  const auto id = held(7);
  check_problem(reserve(R"({"quantity":1})"), 409, "insufficient_stock",
                {{"requested", 1}, {"available", -5}});
  check_problem(end("/commit", id), 409, "insufficient_stock",
                {{"requested", 7}, {"available", -5}});
  for (const auto* less : {R"({"backorderLimit":4})", R"({"onHand":1})"}) {
    const auto answer = client.ask(put(path, less, if_match(3)));
    CHECK(answer.status == 409);
    CHECK(body_of(answer)["code"] == "insufficient_stock");
  }
  check_now({3, 2, 7, 0, 5});
  client.ask(post(path + "/adjust", R"({"delta":5})"));
  check_both(end("/commit", id), 200, at, {7, "committed", 7}, {5, 0, 0, 0, 5});
}
