// The document of the API against the answers of a real node.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "tests/end_to_end/guarded_node.hpp"
#include "tests/end_to_end/openapi_parts.hpp"
#include "tests/end_to_end/seeded_letters.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// What a sound node does not answer to one client that waits for its turn, or
/// not before a million requests. Their schemas are held against the codec.
const std::set<std::string> rare = {
    "bulkhead_full", "circuit_open",          "deadline_exceeded",
    "internal",      "idempotency_in_flight", "lease_held",
    "overloaded",    "rate_limited",          "read_only",
    "shutting_down", "store_unavailable"};
const std::string reserve =
    "POST /api/inventory/stores/{storeId}/inventory/{sku}/reserve";

bool is_rare(const test::api_operation& of, const std::string& code) {
  return rare.contains(code)
         || (code == "limit_exceeded" && of.name() == reserve);
}

/// Codes that the document names for one status of an operation.
std::vector<std::string> codes_of(const test::api_document& document,
                                  const json& response) {
  const auto content = response.value("content", json::object());
  const auto type = content.find("application/problem+json");
  if (type == content.end())
    return {};
  const auto& schema = (*type)["schema"];
  std::vector<std::string> found;
  const auto add = [&](const json& one) {
    found.push_back(document.resolve(one)["properties"]["code"]["const"]);
  };
  if (schema.contains("oneOf"))
    for (const auto& each : schema["oneOf"])
      add(each);
  else
    add(schema);
  return found;
}

void check_seen(exact_caller& client, const test::api_operation& of) {
  CAPTURE(of.name());
  const auto& seen = client.seen(of);
  for (const auto& [status, response] : of.is->at("responses").items()) {
    if (status == "default")
      continue;
    const auto codes = codes_of(client.document(), response);
    if (codes.empty() && status != "503")
      CHECK_MESSAGE(seen.contains(status), status, " was not answered");
    for (const auto& code : codes)
      CHECK_MESSAGE(seen.contains(code) != is_rare(of, code), code);
  }
  const auto takes_key =
      of.is->value("parameters", json::array()).dump().find("IdempotencyKey")
      != std::string::npos;
  CHECK(seen.contains("replayed") == takes_key);
}

} // namespace

TEST_CASE("a node answers what its document says, and all of it") {
  const guarded_node given{{"--node-port", "auto"}};
  const auto letters = seed_letters(*given.node, bearer(given.boss));
  exact_caller client{given.node->port(),
                      {bearer(given.boss), bearer(given.reader)}};
  drive_records(client);
  drive_reservations(client);
  drive_central(client);
  drive_letters(client, letters);
  drive_pages(client);
  drive_cluster(client, given.node->node_port());
  drive_edge(client);
  for (const auto& each : client.document().operations())
    check_seen(client, each);
}

TEST_CASE("redocly finds no fault with the document") {
  if (std::system("command -v redocly >/dev/null") != 0) {
    MESSAGE("SKIPPED: no redocly here");
    return;
  }
  const storage::testing::temp_dir directory;
  const auto path = directory / "openapi.json";
  caller client{shared_node().port()};
  std::ofstream{path} << client.ask(get("/api/openapi.json")).body;
  test::process_plan plan;
  plan.command = {"redocly", "lint", path};
  plan.environment = {"REDOCLY_TELEMETRY=off"};
  plan.out_path = directory / "out";
  plan.err_path = directory / "err";
  const auto end = test::run(plan, test::patience);
  CAPTURE(test::read_text(plan.out_path));
  CAPTURE(test::read_text(plan.err_path));
  REQUIRE(end.has_value());
  CHECK(end->is_exit(0));
}
