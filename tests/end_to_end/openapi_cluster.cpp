// Nodes of a cluster: what operators may ask for.
#include "tests/end_to_end/openapi_parts.hpp"

#include <doctest/doctest.h>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::live {

namespace {

/// A node called `gone` joins, and is killed.
void lose_a_node(std::uint16_t node_port) {
  const storage::testing::temp_dir directory;
  test::node_plan plan;
  plan.directory = directory.path();
  plan.command = "join";
  plan.stores = {"store-gone"};
  plan.flags = {"--node-name", "gone",
                "--port",      "auto",
                "--join",      "127.0.0.1:" + std::to_string(node_port)};
  test::node_process node{std::move(plan)};
  CHECK(node.wait_ready());
}

std::string state_of(exact_caller& client, const std::string& node) {
  const auto page = client.ask(get("/api/cluster"), 200);
  for (const auto& each : page["nodes"])
    if (each["node"] == node)
      return each["state"];
  return "unknown";
}

} // namespace

void drive_cluster(exact_caller& client, std::uint16_t node_port) {
  const std::string stores = "/api/cluster/nodes/n1/stores";
  client.ask_again(post(stores, R"({"storeId":"store-9"})"), 201,
                   R"({"storeId":"store-7"})");
  client.ask(post(stores, R"({"storeId":"store-9"})"), 200);
  client.ask(post(stores, R"({"storeId":"no store"})"), 400);
  client.ask(post("/api/cluster/nodes/n9/stores", R"({"storeId":"store-8"})"),
             400);
  const request retire{"DELETE", "/api/cluster/nodes/gone", {}, {}};
  client.ask(retire, 400);
  lose_a_node(node_port);
  const auto is_away = [&] {
    return state_of(client, "gone") != "up";
  };
  CHECK(test::wait_until(is_away));
  client.ask(retire, 200);
  CHECK(state_of(client, "gone") == "retired");
}

} // namespace holdfast::live
