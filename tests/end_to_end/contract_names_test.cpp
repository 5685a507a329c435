// How things may be called, and how a request may be written.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct contract_names_fixture {
  caller client{shared_node().port()};

  /// Receives, holds and ships stock of `sku`; the log finds it by its name.
  void use(const std::string& sku) {
    CAPTURE(sku);
    const auto path = record_path(sku);
    const place at{sku};
    check_record(client.ask(post(path + "/adjust", R"({"delta":9})")), 200, at,
                 {1, 9});
    const auto taken = client.ask(post(path + "/reserve", R"({"quantity":4})"));
    check_both(taken, 201, at, {4}, {2, 9, 4});
    const auto hold = taken.field("Location");
    check_hold(body_of(client.ask(get(hold))), at, {4});
    check_both(client.ask(post(hold + "/commit", "{}")), 200, at,
               {4, "committed", 4}, {3, 5, 0});
    const auto log = client.ask(get("/api/events?sku=" + percent_encode(sku)));
    CHECK(body_of(log)["events"].size() == 3);
  }
};

} // namespace

TEST_CASE_FIXTURE(contract_names_fixture,
                  "a SKU is any text without controls and slashes") {
  for (const std::string sku : {"85123A",
                                "gift_0001_20",
                                "BANK CHARGES",
                                "POST",
                                "M",
                                "D",
                                "C2",
                                " ",
                                "..",
                                ".",
                                "%",
                                "%2F",
                                "a%20b",
                                "?",
                                "#",
                                "a?b=c&d",
                                "\"",
                                "\\",
                                "{sku}",
                                "<b>",
                                "+",
                                "~",
                                "'; DROP TABLE events; --",
                                "adjust",
                                "\xc3\xa9",
                                "\xe6\xbc\xa2\xe5\xad\x97",
                                "\xf0\x9f\x93\xa6",
                                "e\xcc\x81",
                                "\xe2\x80\xae",
                                "\xef\xbb\xbf"})
    use(sku);
  use(std::string(128, 'x'));
  use(std::string(124, 'x') + "\xf0\x9f\x93\xa6");
}

TEST_CASE_FIXTURE(contract_names_fixture,
                  "letters are not what they look like") {
  client.ask(post(record_path("Case") + "/adjust", R"({"delta":1})"));
  for (const std::string other : {"case", "Case ", " Case", "C\xc3\xa1se"})
    check_problem(client.ask(get(record_path(other))), 404, "sku_not_found");
}

TEST_CASE_FIXTURE(contract_names_fixture,
                  "an escape means the same as its character") {
  const auto base = "/api/inventory/stores/store-1/inventory/";
  const auto sku = fresh_name("plain");
  client.ask(post(base + sku + "/adjust", R"({"delta":1})"));
  for (const auto& same : {base + sku, base + percent_encode(sku),
                           "/%61pi/inventory/stores/store%2D1/inventory/" + sku,
                           "/api/inventory/stores/store%2d1/inventory/" + sku})
    check_record(client.ask(get(same)), 200, {sku}, {1, 1});
}

TEST_CASE_FIXTURE(contract_names_fixture, "a target may name its host") {
  const auto sku = fresh_name("absolute");
  const auto base = "http://inventory.test:80" + record_path(sku);
  check_record(client.ask(post(base + "/adjust", R"({"delta":5})")), 200, {sku},
               {1, 5});
  const auto taken = client.ask(post(base + "/reserve", R"({"quantity":2})"));
  const auto id = check_both(taken, 201, {sku}, {2}, {2, 5, 2});
  CHECK(taken.field("Location") == "/api/reservations/" + id);
  for (const std::string scheme : {"HTTP://a", "https://a", "http://[::1]:1"})
    check_record(client.ask(get(scheme + record_path(sku))), 200, {sku},
                 {2, 5, 2});
}

TEST_CASE_FIXTURE(contract_names_fixture, "HTTP/1.0 is answered, then closed") {
  const auto sku = fresh_name("old");
  const auto path = record_path(sku);
  const std::string body = R"({"delta":5})";
  for (const auto& text :
       {"POST " + path + "/adjust HTTP/1.0\r\nContent-Type: "
            + "application/json\r\nContent-Length: 11\r\n\r\n" + body,
        "GET " + path + " HTTP/1.0\r\n\r\n",
        "GET " + path + " HTTP/1.0\r\nHost: a\r\n\r\n"}) {
    raw_client old{shared_node().port()};
    REQUIRE(old.send(text));
    const auto answer = old.receive();
    REQUIRE(answer.has_value());
    check_record(*answer, 200, {sku}, {1, 5});
    CHECK(answer->field("Connection") == "close");
    CHECK(old.is_closed_by_peer());
  }
}

TEST_CASE_FIXTURE(contract_names_fixture, "JSON may be declared in many ways") {
  const auto path = record_path(fresh_name("typed")) + "/adjust";
  for (const std::string type :
       {"application/json", "application/json; charset=utf-8",
        "Application/JSON", " application/json ;charset=\"utf-8\""})
    CHECK(
        client
            .ask(post(path, R"({"delta":1})", "Content-Type: " + type + "\r\n"))
            .status
        == 200);
  for (const std::string type :
       {"", "text/plain", "application/jsonp", "application/json-patch+json",
        "application/problem+json", "application/x-www-form-urlencoded", "json",
        "multipart/form-data; boundary=application/json"})
    check_problem(client.ask(post(path, R"({"delta":1})",
                                  "Content-Type: " + type + "\r\n")),
                  415, "unsupported_media_type");
}
