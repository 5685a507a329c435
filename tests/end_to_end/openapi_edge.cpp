// What is refused whatever it is about, and pages about the node.
#include "tests/end_to_end/openapi_parts.hpp"

#include <doctest/doctest.h>

namespace holdfast::live {

namespace {

using test::api_operation;

/// Requests to one operation, spelled byte by byte.
class rude_caller {
public:
  rude_caller(exact_caller& client, const api_operation& to)
      : client_(client), to_(to), target_(to.example_path()),
        has_body_(to.is->at("responses").contains("411")),
        role_(to.is->at("x-role").get<std::string>()) {
    // nop
  }

  void drive() const {
    const auto field = client_.fields().operator_;
    send(field + "Content-Type: a\r\nContent-Type: b\r\n" + length(), 400);
    std::string many = field;
    for (int i = 0; i < 70; ++i)
      many += "X-A: b\r\n";
    send(many + length(), 431);
    send(field + "Upgrade: x\r\nConnection: upgrade\r\n" + length(), 501);
    send(field + length(), 414, "?" + std::string(2'100, 'x'));
    send(field + length(), 505, "", "3.0");
    if (role_ != "anyone")
      send(length(), 401);
    if (role_ == "writer" || role_ == "operator")
      send(client_.fields().reader + length(), 403);
    if (!has_body_)
      return;
    send(field, 411);
    send(field + "Content-Length: 70000\r\n", 413);
    for (const std::string what :
         {"Content-Type: text/plain", "Content-Encoding: gzip"})
      send(field + what + "\r\nContent-Length: 2\r\n", 415, "", "1.1", "{}");
  }

private:
  std::string length() const {
    return to_.method == "GET" ? "" : "Content-Length: 0\r\n";
  }
  void send(const std::string& fields, int status,
            const std::string& query = {}, const std::string& version = "1.1",
            const std::string& body = {}) const {
    const auto answered = client_.send(
        to_, to_.method + " " + target_ + query + " HTTP/" + version
                 + "\r\nHost: localhost\r\n" + fields + "\r\n" + body);
    CAPTURE(to_.name());
    CAPTURE(fields);
    CHECK(answered == status);
  }

  exact_caller& client_;
  const api_operation& to_;
  std::string target_;
  bool has_body_;
  std::string role_;
};

} // namespace

void drive_edge(exact_caller& client) {
  for (const auto& each : client.document().operations())
    rude_caller{client, each}.drive();
  const auto path = record_path("a");
  client.check_default({"DELETE", path, {}, {}}, 405);
  client.check_default(get(path + "/adjust"), 405);
  client.check_default(get("/nowhere"), 404);
}

void drive_central(exact_caller& client) {
  const std::string skus = "/api/inventory/skus";
  client.ask_again(post("/api/sync", ""), 200, R"({"x":1})");
  for (const auto* query : {"", "?limit=1", "?storeId=store-1"})
    client.ask(get(skus + query), 200);
  const auto page = client.ask(get(skus), 200);
  client.ask(get(skus + "/"
                 + percent_encode(page["skus"][0]["sku"].get<std::string>())),
             200);
  client.ask(get(skus + "/nobody-has-it"), 404);
  client.ask_again(post("/api/sync/start", R"({"intervalMs":60000})"), 200,
                   R"({"intervalMs":70000})");
  client.ask_again(post("/api/sync/stop", ""), 200, R"({"x":1})");
  client.ask(get("/api/sync/status"), 200);
}

void drive_pages(exact_caller& client) {
  for (const auto* path :
       {"/api/health", "/api/health/liveness", "/api/health/readiness",
        "/api/health/metrics", "/api/metrics", "/metrics", "/api/log-level",
        "/api/inventory/stores", "/api/cluster", "/api/openapi.json",
        "/api/events", "/api/events?limit=1&after=3",
        "/api/events?storeId=store-1&sku=nothing"})
    client.ask(get(path), 200);
  client.ask_again(post("/api/metrics/reset", ""), 200, R"({"x":1})");
  client.ask_again(put("/api/log-level", R"({"level":"debug"})"), 200,
                   R"({"level":"info"})");
}

} // namespace holdfast::live
