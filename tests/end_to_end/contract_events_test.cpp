// The append-only log, page by page.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct contract_events_fixture {
  live_node node;
  caller client{node.port()};

  auto send(const std::string& sku, const std::string& verb,
            const std::string& body, const std::string& fields = {}) {
    const auto answer = client.ask(post(record_path(sku) + verb, body, fields));
    REQUIRE(answer.status < 300);
    return body_of(answer);
  }
  json page(const std::string& query) {
    const auto answer = client.ask(get("/api/events" + query));
    CHECK(answer.status == 200);
    CHECK(answer.field("Content-Type") == "application/json");
    CHECK(answer.field("ETag").empty());
    auto body = body_of(answer);
    CHECK(body.size() == 2);
    CHECK(body["next"].is_string());
    return body;
  }
  json events(const std::string& query = {}) {
    return page(query)["events"];
  }
  void fill(int count) {
    for (int i = 0; i < count; ++i)
      send(i % 2 == 0 ? "even" : "odd", "/adjust", R"({"delta":1})");
  }
};

std::vector<int> numbers_of(const json& events) {
  std::vector<int> found;
  for (const auto& each : events)
    found.push_back(each["seq"]);
  return found;
}

/// The event that made `record`, as far as both know it.
json balances_of(const json& record) {
  auto known = record;
  known.erase("updatedAt");
  known["recordedAt"] = record["updatedAt"];
  return known;
}

} // namespace

TEST_CASE_FIXTURE(contract_events_fixture,
                  "every change is one event with all it did") {
  std::vector<json> expected;
  const auto expect = [&](const json& record, json more) {
    more.update(balances_of(record));
    more["seq"] = expected.size() + 1;
    more["node"] = "n1";
    expected.push_back(std::move(more));
  };
  expect(send("a b", "/adjust",
              R"({"delta":9,"reason":"got","reference":"d-1"})", keyed("k")),
         {{"type", "stock_adjusted"},
          {"delta", 9},
          {"reservedDelta", 0},
          {"reason", "got"},
          {"reference", "d-1"},
          {"idempotencyKey", "k"}});
  expect(body_of(client.ask(put(record_path("a b"),
                                R"({"onHand":8,"backorderLimit":2})",
                                if_match(1)))),
         {{"type", "stock_counted"}, {"delta", -1}, {"reservedDelta", 0}});
  auto both = send("a b", "/reserve", R"({"quantity":5,"owner":"o"})");
  const std::string id = both["reservation"]["reservationId"];
  const auto expect_hold = [&](const char* type, int delta, int reserved) {
    expect(both["record"], {{"type", type},
                            {"delta", delta},
                            {"reservedDelta", reserved},
                            {"reservationId", id}});
  };
  expect_hold("stock_reserved", 0, 5);
  const auto by_id = [&](const std::string& verb, const std::string& body) {
    both = body_of(client.ask(post("/api/reservations/" + id + verb, body)));
  };
  by_id("/release", R"({"quantity":1})");
  expect_hold("stock_released", 0, -1);
  by_id("/extend", R"({"ttlSeconds":60})");
  expect_hold("reservation_extended", 0, 0);
  by_id("/commit", R"({"quantity":3})");
  expect_hold("stock_committed", -3, -4);
  CHECK(events() == json(expected));
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "an expiry is an event though nobody asks") {
  send("a", "/adjust", R"({"delta":9})");
  const auto hold = send("a", "/reserve", R"({"quantity":5,"ttlSeconds":1})");
  json found;
  REQUIRE(test::wait_until([&] {
    found = events("?after=2");
    return !found.empty();
  }));
  REQUIRE(found.size() == 1);
  CHECK(found[0]["type"] == "reservation_expired");
  CHECK(found[0]["reservedDelta"] == -5);
  CHECK(found[0]["delta"] == 0);
  CHECK(found[0]["version"] == 3);
  CHECK(found[0]["reservationId"] == hold["reservation"]["reservationId"]);
  CHECK_FALSE(found[0].contains("idempotencyKey"));
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "pages follow each other without a gap") {
  fill(25);
  std::vector<int> seen;
  std::string query = "?limit=7";
  for (int pages = 0; pages < 4; ++pages) {
    const auto body = page(query);
    CHECK(body["events"].size() == (pages < 3 ? 7 : 4));
    for (const auto number : numbers_of(body["events"]))
      seen.push_back(number);
    query = "?limit=7&after=" + body["next"].get<std::string>();
  }
  for (int i = 0; i < 25; ++i)
    CHECK(seen.at(static_cast<std::size_t>(i)) == i + 1);
  const auto end = page(query);
  CHECK(end["events"].empty());
  // An empty page leaves the reader where it was; news come after it.
  fill(1);
  const auto news = page("?after=" + end["next"].get<std::string>());
  CHECK(numbers_of(news["events"]) == std::vector{26});
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "a page starts after a number as well") {
  fill(5);
  CHECK(numbers_of(events("?after=0")) == std::vector{1, 2, 3, 4, 5});
  CHECK(numbers_of(events("?after=3")) == std::vector{4, 5});
  CHECK(events("?after=5").empty());
  CHECK(events("?after=1000").empty());
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "a page is about one store or one SKU") {
  fill(4);
  client.ask(post(record_path("a b", "store-2") + "/adjust", R"({"delta":1})"));
  CHECK(numbers_of(events("?sku=odd")) == std::vector{2, 4});
  CHECK(numbers_of(events("?storeId=store-2")) == std::vector{5});
  CHECK(numbers_of(events("?sku=a%20b")) == std::vector{5});
  CHECK(numbers_of(events("?storeId=store-1&sku=even&after=1"))
        == std::vector{3});
  CHECK(events("?storeId=store-1&sku=a%20b").empty());
  CHECK(events("?storeId=nowhere").empty());
  // Also a filtered reader gets on: past what was not for it.
  const auto first = page("?sku=odd&limit=1");
  CHECK(numbers_of(first["events"]) == std::vector{2});
  CHECK(numbers_of(events("?sku=odd&after=" + first["next"].get<std::string>()))
        == std::vector{4});
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "a page has 100 events or as many as were asked") {
  fill(101);
  CHECK(events().size() == 100);
  CHECK(events("?limit=1").size() == 1);
  CHECK(events("?limit=1000").size() == 101);
}

TEST_CASE_FIXTURE(contract_events_fixture,
                  "refusals and replays are no events") {
  send("a", "/adjust", R"({"delta":1})", keyed("k"));
  send("a", "/adjust", R"({"delta":1})", keyed("k"));
  client.ask(post(record_path("a") + "/reserve", R"({"quantity":2})"));
  client.ask(post(record_path("a") + "/adjust", "{}"));
  CHECK(events().size() == 1);
}

TEST_CASE_FIXTURE(contract_events_fixture, "the log has a head too") {
  fill(1);
  const auto full = client.ask(get("/api/events"));
  const auto bare = client.ask(head("/api/events"));
  CHECK(bare.status == 200);
  CHECK(bare.body.empty());
  CHECK(bare.field("Content-Length") == full.field("Content-Length"));
}
