// How much a node logs: what it is told to, and never too much.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/guarded_node.hpp"
#include "tests/end_to_end/log_lines.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

std::uint64_t sum_of(const std::vector<json>& lines, const char* member) {
  std::uint64_t sum = 0;
  for (const auto& line : lines)
    sum += line[member].get<std::uint64_t>();
  return sum;
}

} // namespace

TEST_CASE("the level of the log changes while the node runs") {
  live_node node;
  caller client{node.port()};
  CHECK(body_of(client.ask(get("/api/log-level")))["level"] == "info");
  client.ask(get("/nowhere", with_id("quiet")));
  const auto loud = client.ask(put("/api/log-level", R"({"level":"debug"})"));
  CHECK(loud.status == 200);
  CHECK(body_of(loud)["level"] == "debug");
  client.ask(get("/nowhere", with_id("loud")));
  await_request(node, "loud");
  CHECK(node.log().find("quiet") == std::string::npos);
  CHECK(lines_of(node, "log_level_changed").size() == 1);
  const auto wrong = [&](const std::string& body, const json& pointers) {
    check_invalid(client.ask(put("/api/log-level", body)), pointers);
  };
  wrong(R"({"level":"loud"})", {"/level"});
  wrong(R"({"level":3})", {"/level"});
  wrong(R"({"level":"info","level":"info"})", {"/level"});
  wrong(R"({"level":"info","more":1})", {"/more"});
  wrong(R"({})", {"/level"});
  wrong("", {"/level"});
  wrong("[]", {""});
  wrong(R"({"level":"info"} x)", {""});
  CHECK(body_of(client.ask(get("/api/log-level")))["level"] == "debug");
}

TEST_CASE("who changed the level is told at every level, and once") {
  const guarded_node given; // At debug.
  caller client{given.node->port()};
  const auto set = [&](const std::string& level) {
    CHECK(client
              .ask(put("/api/log-level", R"({"level":")" + level + R"("})",
                       bearer(given.boss)))
              .status
          == 200);
  };
  for (const auto* level :
       {"debug", "error", "warn", "error", "error", "info", "info"})
    set(level);
  std::string told;
  for (const auto& line :
       await_lines(*given.node, "log_level_changed",
                   [](const auto& lines) { return lines.size() >= 4; })) {
    CHECK(line["caller"] == "boss");
    told += line["from"].get<std::string>() + ">"
            + line["to"].get<std::string>() + " ";
  }
  CHECK(told == "debug>error error>warn warn>error error>info ");
}

TEST_CASE("a flood of requests is bounded and counted") {
  constexpr std::uint64_t flood = 6'000;
  live_node node{{"--log-level", "debug"}};
  const auto one = to_bytes(get("/nowhere"));
  const auto start = std::chrono::steady_clock::now();
  raw_client quick{node.port()};
  for (std::uint64_t i = 0; i < flood; ++i) {
    REQUIRE(quick.send(one));
    REQUIRE(quick.receive().has_value());
  }
  const auto took = std::chrono::steady_clock::now() - start;
  const auto is_flood = [](const json& line) {
    return line.value("code", "") == "route_not_found";
  };
  std::uint64_t written = 0;
  await_lines(node, "lines_left_out", [&](const auto& left_out) {
    const auto lines = lines_of(node, "request");
    written = static_cast<std::uint64_t>(
        std::count_if(lines.begin(), lines.end(), is_flood));
    return written + sum_of(left_out, "lines") >= flood;
  });
  // A bound per second that has begun, and one for the moment it begins.
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(took).count();
  CHECK(written <= 1'000 * static_cast<std::uint64_t>(seconds + 1));
}

TEST_CASE("refusals under load are summed up, and are no faults") {
  live_node node{{"--concurrency-api", "1", "--load-shed-queue-max", "10"}};
  const auto bytes =
      to_bytes(post(record_path("a") + "/adjust", R"({"delta":1})"));
  std::vector<std::unique_ptr<raw_client>> crowd;
  for (int i = 0; i < 200; ++i)
    crowd.push_back(std::make_unique<raw_client>(node.port()));
  for (const auto& each : crowd)
    REQUIRE(each->send(bytes));
  std::uint64_t refused = 0;
  for (const auto& each : crowd) {
    const auto answer = each->receive();
    REQUIRE(answer.has_value());
    refused += answer->status == 503 ? 1 : 0;
  }
  REQUIRE(refused > 0);
  await_lines(node, "requests_refused", [&](const auto& lines) {
    return sum_of(lines, "requests") == refused;
  });
  CHECK(lines_of(node, "request").empty());
  caller client{node.port()};
  CHECK(body_of(client.ask(get("/api/health/metrics")))["errors"]
        == json::array());
}
