// Metrics add up to what was done.
#include <doctest/doctest.h>

#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/metrics_page.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

constexpr auto requests = "holdfast_http_requests_total";
constexpr auto durations = "holdfast_http_request_duration_seconds";
const std::string record_route =
    "/api/inventory/stores/{storeId}/inventory/{sku}";

struct metrics_fixture {
  live_node node{{"--http-threads", "2"}};
  caller client{node.port()};
  std::string path = record_path("a");

  metrics_page page() {
    return metrics_page{client};
  }
  void repeat(int times, const request& what, int status) {
    for (int i = 0; i < times; ++i)
      CHECK(client.ask(what).status == status);
  }
};

/// A value of the text page, by the beginning of its line.
double value_of(const std::string& text, const std::string& series) {
  const auto at = text.find("\n" + series + " ");
  REQUIRE(at != std::string::npos);
  return std::stod(text.substr(at + series.size() + 2));
}

} // namespace

TEST_CASE_FIXTURE(metrics_fixture,
                  "every answer is counted once, where it belongs") {
  const auto before = page();
  repeat(7, post(path + "/adjust", R"({"delta":1})"), 200);
  repeat(5, get(path), 200);
  repeat(4, get(path, "If-None-Match: \"7\"\r\n"), 304);
  repeat(3, post(path + "/reserve", R"({"quantity":99})"), 409);
  repeat(2, get("/nowhere/" + fresh_name("x")), 404);
  repeat(1, post(path + "/adjust", "{"), 400);
  const auto after = page();
  const auto more = [&](const char* name, const labels& of) {
    return after.sum(name, of) - before.sum(name, of);
  };
  const auto adjust = record_route + "/adjust";
  CHECK(more(requests, {{"route", adjust}, {"status", "200"}, {"code", ""}})
        == 7);
  CHECK(more(requests, {{"route", adjust}, {"code", "invalid_request"}}) == 1);
  CHECK(more(requests, {{"route", record_route}, {"status", "200"}}) == 5);
  CHECK(more(requests, {{"route", record_route}, {"status", "304"}}) == 4);
  CHECK(more(requests, {{"route", record_route + "/reserve"},
                        {"method", "POST"},
                        {"status", "409"},
                        {"code", "insufficient_stock"}})
        == 3);
  CHECK(more(requests, {{"route", "none"}, {"code", "route_not_found"}}) == 2);
  // The page itself is one more: that of `before`.
  CHECK(more(requests, {}) == 7 + 5 + 4 + 3 + 2 + 1 + 1);
  CHECK(more(durations, {}) == more(requests, {}));
  CHECK(more(durations, {{"route", adjust}}) == 8);
}

TEST_CASE_FIXTURE(metrics_fixture,
                  "what the edge refuses is counted by its code") {
  const auto before = page();
  raw_client rude{node.port()};
  rude.send("GET / HTTP/3.0\r\nHost: a\r\n\r\n");
  REQUIRE(rude.receive().has_value());
  const auto after = page();
  const auto* const refusals = "holdfast_http_edge_refusals_total";
  CHECK(after.sum(refusals, {{"code", "version_not_supported"}})
        == before.sum(refusals, {{"code", "version_not_supported"}}) + 1);
}

TEST_CASE_FIXTURE(metrics_fixture,
                  "writes show in the journal and in the actors") {
  const auto before = page();
  repeat(6, post(path + "/adjust", R"({"delta":1})"), 200);
  repeat(1, post(record_path("b", "store-2") + "/adjust", R"({"delta":1})"),
         200);
  const auto after = page();
  const auto more = [&](const char* name) {
    return after.sum(name) - before.sum(name);
  };
  CHECK(more("holdfast_journal_events_total") == 7);
  // One client that waits: each write is a transaction of its own.
  CHECK(more("holdfast_journal_batch_operations") == 7);
  CHECK(more("holdfast_journal_commit_duration_seconds") == 7);
  CHECK(more("holdfast_journal_sync_duration_seconds") == 7);
  CHECK(after.sum("holdfast_sku_actors", {{"store", "store-1"}}) == 1);
  CHECK(after.sum("holdfast_sku_actors", {{"store", "store-2"}}) == 1);
  CHECK(after.sum("holdfast_journal_writable") == 1);
  // Of requests, of rounds and of the disk.
  CHECK(after.sum("holdfast_breaker_state", {{"state", "closed"}}) == 3);
  CHECK(after.sum("holdfast_breaker_state") == 3);
  // Whoever asked whether the node is ready has gone, or goes soon.
  CHECK(test::wait_until(
      [&] { return page().sum("holdfast_http_connections") == 1; }));
  CHECK(after.sum("process_resident_memory_bytes") > 1'000'000);
  CHECK(after.sum("process_open_fds") > 5);
}

TEST_CASE("the bound of connections is that of all threads together") {
  live_node node{{"--http-threads", "2", "--connections-max", "9"}};
  caller client{node.port()};
  // Each thread has as many as the other.
  CHECK(metrics_page{client}.sum("holdfast_http_connections_max") == 8);
}

TEST_CASE_FIXTURE(metrics_fixture, "both formats say the same") {
  repeat(3, post(path + "/adjust", R"({"delta":1})"), 200);
  const auto as_json = page();
  const auto text = client.ask(get("/metrics")).body;
  const auto labels_of = R"({method="POST",route=")" + record_route + "/adjust";
  CHECK(value_of(text, requests + labels_of + R"(",status="200",code=""})")
        == 3);
  CHECK(value_of(text, durations + ("_count" + labels_of) + R"("})") == 3);
  CHECK(value_of(text, "holdfast_journal_events_total") == 3);
  for (const auto& metric : as_json.all()) {
    const auto name = metric["name"].get<std::string>();
    if (!metric["samples"].empty())
      CHECK_MESSAGE(text.find("# TYPE " + name + " ") != std::string::npos,
                    name);
  }
}

TEST_CASE_FIXTURE(metrics_fixture,
                  "a reset is forbidden unless it was allowed") {
  repeat(3, get(path), 404);
  const auto refused = check_problem(client.ask(post("/api/metrics/reset", "")),
                                     403, "forbidden");
  CHECK(refused["detail"].get<std::string>().starts_with(
      "METRICS_RESET_ENABLED "));
  CHECK(page().sum(requests, {{"status", "404"}}) == 3);
}

TEST_CASE("a reset starts the counters anew and leaves the rest") {
  live_node node{{"--metrics-reset-enabled"}};
  caller client{node.port()};
  client.ask(post(record_path("a") + "/adjust", R"({"delta":1})"));
  CHECK(client.ask(post("/api/metrics/reset", "")).status == 200);
  const metrics_page page{client};
  CHECK(page.sum(requests, {{"route", record_route + "/adjust"}}) == 0);
  // The answer to the reset itself.
  CHECK(page.sum(requests) == 1);
  CHECK(page.sum("holdfast_journal_events_total") == 0);
  CHECK(page.sum("holdfast_sku_actors") == 1);
  client.ask(post(record_path("a") + "/adjust", R"({"delta":1})"));
  CHECK(metrics_page{client}.sum("holdfast_journal_events_total") == 1);
}

TEST_CASE_FIXTURE(metrics_fixture,
                  "health has a section for each part of a node") {
  repeat(2, post(path + "/adjust", R"({"delta":1})"), 200);
  const auto answer = client.ask(get("/api/health/metrics"));
  CHECK(answer.status == 200);
  const auto body = body_of(answer);
  CHECK(body["system"]["node"] == "n1");
  CHECK(body["system"]["openFiles"] > 5);
  CHECK(is_time(body["system"]["startedAt"]));
  CHECK(body["circuitBreakers"][0]["state"] == "closed");
  for (const auto* part : {"circuitBreakers", "bulkheads"}) {
    REQUIRE(body[part].size() == 3);
    CHECK(body[part][0]["name"] == "api");
    CHECK(body[part][1]["name"] == "sync");
    CHECK(body[part][2]["name"] == "fileSystem");
  }
  CHECK(body["bulkheads"][0]["queued"] == 0);
  CHECK(body["queues"]["requests"] == 1);
  CHECK(body["eventLog"]["writable"] == true);
  CHECK(body["eventLog"]["events"] == 2);
  CHECK(body["stores"][0]["skuActors"] == 1);
  CHECK(body["errors"] == json::array());
}
