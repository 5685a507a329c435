// A line for each request, with its names and without its secrets.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/guarded_node.hpp"
#include "tests/end_to_end/log_lines.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736";

std::string traced(const std::string& value) {
  return "traceparent: " + value + "\r\n";
}

struct request_log_fixture {
  live_node node{{"--log-level", "debug"}};
  caller client{node.port()};
  std::string path = record_path("BANK CHARGES");

  /// The line of a request with these fields.
  json line_of(request what, const std::string& id) {
    what.fields += with_id(id);
    CHECK(client.ask(what).field("X-Request-Id") == id);
    return await_request(node, id);
  }
};

} // namespace

TEST_CASE_FIXTURE(request_log_fixture,
                  "a request is a line with all that names it") {
  const auto line = line_of(
      post(path + "/adjust", R"({"delta":5})",
           keyed("order-7") + traced("00-" + trace + "-00f067aa0ba902b7-01")),
      "id-1");
  CHECK(line["level"] == "debug");
  CHECK(line["traceId"] == trace);
  CHECK(line["method"] == "POST");
  CHECK(line["route"]
        == "/api/inventory/stores/{storeId}/inventory/{sku}/adjust");
  CHECK(line["status"] == 200);
  CHECK_FALSE(line.contains("code"));
  CHECK(line["micros"] > 0);
  CHECK(line["store"] == "store-1");
  CHECK(line["sku"] == "BANK CHARGES");
  CHECK(line["key"].get<std::string>().size() == 16);
  CHECK(line["peer"].get<std::string>().starts_with("127.0.0.1:"));
}

TEST_CASE_FIXTURE(request_log_fixture, "a refusal is a line with its code") {
  const auto line =
      line_of(post(path + "/reserve", R"({"quantity":5})"), "id-2");
  CHECK(line["status"] == 404);
  CHECK(line["code"] == "sku_not_found");
  CHECK_FALSE(line.contains("key"));
  CHECK_FALSE(line.contains("traceId"));
  const auto lost = line_of(get("/nowhere"), "id-3");
  CHECK(lost["code"] == "route_not_found");
  CHECK_FALSE(lost.contains("route"));
}

TEST_CASE_FIXTURE(request_log_fixture,
                  "a reservation's line names its store and SKU") {
  client.ask(post(path + "/adjust", R"({"delta":5})"));
  const auto held = client.ask(post(path + "/reserve", R"({"quantity":5})"));
  const auto line = line_of(get(held.field("Location")), "id-4");
  CHECK(line["route"] == "/api/reservations/{reservationId}");
  CHECK(line["store"] == "store-1");
  CHECK(line["sku"] == "BANK CHARGES");
}

TEST_CASE_FIXTURE(request_log_fixture,
                  "a traceparent that is not valid is left out") {
  const auto valid = "00-" + trace + "-00f067aa0ba902b7-01";
  const auto twice = traced(valid) + traced(valid);
  int n = 0;
  for (const auto& fields : {traced("nonsense"), traced("01" + valid), twice}) {
    const auto line =
        line_of(get(path, fields), "bad-trace-" + std::to_string(++n));
    CHECK_FALSE(line.contains("traceId"));
  }
}

TEST_CASE_FIXTURE(request_log_fixture,
                  "what the edge refuses has a line with its id and trace") {
  raw_client rude{node.port()};
  rude.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n"
            + traced("00-" + trace + "-00f067aa0ba902b7-01") + "\r\n");
  const auto answer = rude.receive();
  REQUIRE(answer.has_value());
  const auto line = await_request(node, answer->field("X-Request-Id"));
  CHECK(line["status"] == 400);
  CHECK(line["code"] == "invalid_request");
  CHECK(line["traceId"] == trace);
  CHECK(line["peer"].get<std::string>().starts_with("127.0.0.1:"));
}

TEST_CASE_FIXTURE(request_log_fixture,
                  "no secret of a request gets into the log") {
  const std::string token = "s3cr3t-t0k3n";
  const auto bearer = "Authorization: Bearer " + token + "\r\n";
  const auto fields = keyed("s3cr3t-key") + bearer + "Cookie: a=s3cr3t\r\n";
  const auto first = line_of(post(path + "/adjust?token=s3cr3t",
                                  R"({"delta":5,"reason":"s3cr3t"})", fields),
                             "id-5");
  line_of(post(path + "/adjust", R"({"delta":"s3cr3t"})", fields), "id-6");
  line_of(get("/s3cr3t?s3cr3t", bearer), "id-7");
  line_of(post("/api/metrics/reset", R"({"s3cr3t":1})", bearer), "id-8");
  raw_client rude{node.port()};
  rude.send("GET /s3cr3t HTTP/1.1\r\n" + bearer + "\r\n");
  const auto refused = rude.receive();
  REQUIRE(refused.has_value());
  await_request(node, refused->field("X-Request-Id"));
  CHECK(node.log().find("s3cr3t") == std::string::npos);
  // Both spellings of a key are the same key.
  const auto quoted =
      line_of(get(path, keyed("\"s3cr3t-key\"") + bearer), "id-9");
  CHECK(quoted["key"] == first["key"]);
}

TEST_CASE("a line names the key of its caller, and nothing more of it") {
  const guarded_node given;
  caller client{given.node->port()};
  client.ask(get("/metrics", bearer(given.reader) + with_id("id-10")));
  client.ask(
      post("/api/metrics/reset", "", bearer(given.reader) + with_id("id-11")));
  CHECK(await_request(*given.node, "id-10")["caller"] == "mon-1");
  const auto refused = await_request(*given.node, "id-11");
  CHECK(refused["status"] == 403);
  CHECK(refused["caller"] == "mon-1");
  // The beginning of a secret is its name.
  CHECK(given.node->log().find(given.reader.secret.substr(9))
        == std::string::npos);
}
