#include "requests.hpp"

#include "http/page_json.hpp"

using namespace holdfast::http;
using nlohmann::json;

TEST_CASE("health is status, uptime, time and version") {
  const auto response = render_health({"ok", 61, 1'795'327'860'123, "0.1.0"});
  CHECK(response.status == 200);
  CHECK(response.content_type == "application/json");
  CHECK(json::parse(response.body)
        == json{{"status", "ok"},
                {"uptimeSeconds", 61},
                {"timestamp", "2026-11-22T06:11:00.123Z"},
                {"version", "0.1.0"}});
}

TEST_CASE("a process that answers is alive") {
  CHECK(render_liveness().status == 200);
  CHECK(json::parse(render_liveness().body) == json{{"status", "ok"}});
}

TEST_CASE("a node is ready once every check passed") {
  const readiness_check passed[] = {{"journal", true, ""},
                                    {"stores", true, ""}};
  const auto response = render_readiness(passed);
  CHECK(response.status == 200);
  CHECK(response.retry_after_s == 0);
  CHECK(json::parse(response.body).at("status") == "ready");
}

TEST_CASE("a node that is not ready says why and when to come back") {
  const readiness_check checks[] = {{"journal", true, ""},
                                    {"stores", false, "recovering"}};
  const auto response = render_readiness(checks);
  CHECK(response.status == 503);
  CHECK(response.retry_after_s == 1);
  CHECK(json::parse(response.body)
        == json{{"status", "not_ready"},
                {"checks",
                 {{{"name", "journal"}, {"passed", true}},
                  {{"name", "stores"},
                   {"passed", false},
                   {"detail", "recovering"}}}}});
}

TEST_CASE("the list of stores names owner and state of each") {
  const store_view stores[] = {{"store-1", "n1", "ready"},
                               {"store-2", "n2", "unavailable"}};
  CHECK(json::parse(render_stores(stores, true).body)
        == json{{"stores",
                 {{{"storeId", "store-1"}, {"node", "n1"}, {"state", "ready"}},
                  {{"storeId", "store-2"},
                   {"node", "n2"},
                   {"state", "unavailable"}}}}});
  CHECK(render_stores({}, true).body == R"({"stores":[]})");
  CHECK(render_stores({}, false).body == R"({"stores":[],"complete":false})");
}
