// Pages about the node, and what is on no page.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct contract_pages_fixture {
  caller client{shared_node().port()};

  json page(const std::string& target) {
    const auto answer = client.ask(get(target));
    CHECK(answer.status == 200);
    CHECK(answer.field("Content-Type") == "application/json");
    const auto bare = client.ask(head(target));
    CHECK(bare.status == 200);
    CHECK(bare.body.empty());
    CHECK(bare.field("Content-Type") == "application/json");
    return body_of(answer);
  }
};

request with_method(const std::string& method, const std::string& target) {
  return {method, target, {}, {}};
}

} // namespace

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "the stores are listed with their node") {
  const auto up = [](const char* store) {
    return json{{"storeId", store}, {"node", "n1"}, {"state", "up"}};
  };
  CHECK(page("/api/inventory/stores")
        == json{{"stores", {up("store-1"), up("store-2")}}});
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "health tells status, age, time and version") {
  const auto body = page("/api/health");
  CHECK(body.size() == 4);
  CHECK(body.value("status", "") == "ok");
  CHECK(body.value("uptimeSeconds", json{}).is_number_unsigned());
  CHECK(is_time(body.value("timestamp", json{})));
  CHECK_FALSE(body.value("version", "").empty());
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "a node that serves is alive and ready") {
  CHECK(page("/api/health/liveness") == json{{"status", "ok"}});
  const auto ready = page("/api/health/readiness");
  CHECK(ready["status"] == "ready");
  REQUIRE_FALSE(ready["checks"].empty());
  for (const auto& check : ready["checks"]) {
    CHECK_FALSE(check["name"].get<std::string>().empty());
    CHECK(check["passed"] == true);
  }
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "a key that is none is refused everywhere") {
  check_invalid(client.ask(post("/api/sync", "", keyed(""))),
                json::array({"Idempotency-Key"}));
  CHECK(client.ask(post("/api/sync", "", keyed("again"))).status == 200);
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "a key holds for what is not about stock, too") {
  const auto start = [&](std::string body, std::string_view key) {
    return client.ask(post("/api/sync/start", std::move(body), keyed(key)));
  };
  const auto first = start(R"({"intervalMs":5000})", "pace");
  CHECK(first.status == 200);
  CHECK(first.field("idempotent-replayed").empty());
  CHECK(start(R"({"intervalMs":7000})", "other").status == 200);
  const auto again = start(R"( {"intervalMs" : 5000} )", "\"pace\"");
  CHECK(again.status == 200);
  CHECK(again.body == first.body);
  CHECK(again.field("idempotent-replayed") == "true");
  // Nothing was done.
  CHECK(page("/api/sync/status")["intervalMs"] == 7000);
  const auto lie = start(R"({"intervalMs":6000})", "pace");
  CHECK(lie.status == 422);
  CHECK(body_of(lie)["code"] == "idempotency_mismatch");
  // Another path is another request, and a fault of a body is not remembered.
  CHECK(client.ask(post("/api/sync/stop", "", keyed("pace"))).status == 200);
  CHECK(start(R"({"intervalMs":0.5})", "slip").status == 400);
  CHECK(start(R"({"intervalMs":5000})", "slip").status == 200);
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "another method is told which ones there are") {
  const auto record = record_path("a");
  const std::string hold = "/api/reservations/1.1~store-1~QQ";
  const std::pair<std::string, std::string> paths[] = {
      {record, "GET, HEAD, PUT"},
      {record + "/adjust", "POST"},
      {record + "/reserve", "POST"},
      {record + "/release", "POST"},
      {record + "/commit", "POST"},
      {hold, "GET, HEAD"},
      {hold + "/commit", "POST"},
      {hold + "/release", "POST"},
      {hold + "/extend", "POST"},
      {"/api/inventory/stores", "GET, HEAD"},
      {"/api/inventory/skus", "GET, HEAD"},
      {"/api/inventory/skus/a", "GET, HEAD"},
      {"/api/events", "GET, HEAD"},
      {"/api/sync", "POST"},
      {"/api/sync/status", "GET, HEAD"},
      {"/api/sync/start", "POST"},
      {"/api/sync/stop", "POST"},
      {"/api/health", "GET, HEAD"},
      {"/api/health/liveness", "GET, HEAD"},
      {"/api/health/readiness", "GET, HEAD"},
      {"/api/openapi.json", "GET, HEAD"}};
  for (const auto& [path, allow] : paths)
    for (const std::string method :
         {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}) {
      CAPTURE(method);
      CAPTURE(path);
      const auto answer = client.ask(with_method(method, path));
      if ((", " + allow + ",").find(" " + method + ",") != std::string::npos) {
        CHECK(answer.status != 405);
        continue;
      }
      CHECK(answer.status == 405);
      CHECK(answer.field("Allow") == allow);
      if (method != "HEAD")
        check_problem(answer, 405, "method_not_allowed");
    }
}

TEST_CASE_FIXTURE(contract_pages_fixture, "a path that is none is not found") {
  const auto record = record_path("a");
  for (const auto& path :
       {std::string{"/"}, std::string{"/api"}, std::string{"/api/"},
        std::string{"/API/health"}, std::string{"/api/health/"},
        std::string{"//api/health"}, std::string{"/api/./health"},
        std::string{"/api/events/1"}, record + "/", record + "/Adjust",
        record + "/adjust/", record + "/extend",
        std::string{"/api/inventory/stores/"},
        std::string{"/api/inventory/stores/store-1"},
        std::string{"/api/reservations"}})
    for (const auto* method : {"GET", "DELETE", "OPTIONS"}) {
      CAPTURE(path);
      check_problem(client.ask(with_method(method, path)), 404,
                    "route_not_found");
    }
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "a query does not change where a path leads") {
  CHECK(client.ask(get("/api/health?x=y")).status == 200);
  check_problem(client.ask(get("/api?/health")), 404, "route_not_found");
}

TEST_CASE_FIXTURE(contract_pages_fixture,
                  "a request id is taken, or made, and echoed") {
  const auto echo = [&](const std::string& id, const std::string& target) {
    return client.ask(get(target, "X-Request-Id: " + id + "\r\n"))
        .field("X-Request-Id");
  };
  for (const std::string target : {"/api/health", "/nothing", "/api/events"}) {
    for (const auto& good :
         {std::string{"!"}, std::string{"a~b\"\\"}, std::string(128, 'x')})
      CHECK(echo(good, target) == good);
    for (const auto& bad :
         {std::string{}, std::string{"a b"}, std::string{"\xc3\xa9"},
          std::string{"a\tb"}, std::string(129, 'x'),
          std::string{"a\r\nX-Request-Id: a"}}) {
      const auto made = echo(bad, target);
      CHECK_FALSE(made.empty());
      CHECK(made != bad);
      CHECK(made != echo(bad, target));
    }
  }
  check_problem(client.ask(get("/nothing", "X-Request-Id: mine\r\n")), 404,
                "route_not_found");
}
