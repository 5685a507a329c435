// Who may not be a member is told why, and so is who refused it.
#include <doctest/doctest.h>

#include <filesystem>

#include "holdfast/member_order.hpp"
#include "tests/cluster/nodes.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

cluster_node& founder() {
  static cluster_node node{"n1", {"store-a"}};
  static const bool is_started = (node.start(), true);
  (void)is_started;
  return node;
}

/// Launches `who`, which is to be refused with `reason`.
void check_refused(cluster_node& who, const std::string& reason) {
  who.launch(&founder());
  const auto end = who.process().program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(2));
  CHECK(who.process().program().err().find(reason) != std::string::npos);
  expect_soon([&] {
    return founder().process().program().err().find(reason)
           != std::string::npos;
  });
  CHECK(founder().ask(get("/api/health/readiness")).status == 200);
}

} // namespace

TEST_CASE("a second claim of a store is refused") {
  cluster_node rival{"n2", {"store-x", "store-a"}};
  check_refused(rival, "store store-a belongs to node n1");
}

TEST_CASE("the name of a node that is there is refused") {
  cluster_node rival{"n1", {"store-y"}};
  check_refused(rival, "the name n1 is that of the node it called");
}

TEST_CASE("a node of another cluster is refused") {
  cluster_node stranger{"n3", {"store-z"}, {"--cluster-name", "blue"}};
  check_refused(stranger, "it belongs to cluster blue, n1 to holdfast");
}

TEST_CASE("a node that speaks another protocol is refused") {
  cluster_node later{"n8", {"store-z"}};
  later.use(LATER_PROGRAM);
  check_refused(later, "it speaks protocol "
                           + std::to_string(cluster_protocol + 1)
                           + ", n1 speaks " + std::to_string(cluster_protocol));
  CHECK(founder().seen("n8").is_null());
}

TEST_CASE("who was refused may come with what is free") {
  cluster_node guest{"n4", {"store-a"}};
  check_refused(guest, "store store-a belongs to node n1");
  cluster_node other{"n5", {"store-free"}};
  other.start(&founder());
  CHECK(
      other.ask(post(record_path("s", "store-a") + "/adjust", R"({"delta":1})"))
          .status
      == 200);
  other.stop();
}

TEST_CASE("a node that lost its directory founds no second cluster") {
  cluster_node lost{"n1", {"store-l"}};
  lost.start();
  cluster_node other{"n2", {"store-m"}};
  other.start(&lost);
  CHECK(lost.ask(get("/api/health/readiness")).status == 200);
  lost.kill();
  const auto data = lost.directory() + "/data";
  std::filesystem::rename(data, data + "-away");
  lost.launch();
  const auto end = lost.process().program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(2));
  CHECK(lost.process().program().err().find(
            "the name n1 belongs to another data directory")
        != std::string::npos);
  std::filesystem::remove_all(data);
  std::filesystem::rename(data + "-away", data);
  // As any node once there are others.
  lost.start(&other);
  expect_soon([&] {
    return other.ask(get(record_path("s", "store-l"))).status == 404;
  });
}

TEST_CASE("a member that finds nobody serves nothing, and waits") {
  cluster_node alone{"n6", {"store-q"}};
  cluster_node nobody{"n7", {"store-r"}};
  nobody.start();
  // Only who was read is named.
  nobody.ask(post(record_path("s", "store-r") + "/adjust", R"({"delta":1})"));
  const std::string held = nobody.ask_json(
      post(record_path("s", "store-r") + "/reserve",
           R"({"quantity":1})"))["reservation"]["reservationId"];
  const std::string cursor = nobody.ask_json(get("/api/events"))["next"];
  nobody.kill();
  alone.launch(&nobody);
  const auto line = alone.process().program().wait_for_line(
      "Holdfast listens on http://127.0.0.1:", test::patience);
  REQUIRE(line.has_value());
  const auto port = std::stoul(line->substr(line->rfind(':') + 1));
  caller client{static_cast<std::uint16_t>(port)};
  CHECK(client.ask(get("/api/health/readiness")).status == 503);
  CHECK(client.ask(get(record_path("s", "store-q"))).status == 503);
  // Nobody told yet whether there is such a node, store or reservation.
  const auto events = get("/api/events?after=" + cursor);
  const auto write = post(record_path("s", "store-r") + "/adjust",
                          R"({"delta":2})", keyed("k"));
  const auto hold = get("/api/reservations/" + held);
  for (const auto& each : {events, write, hold}) {
    const auto later = client.ask(each);
    CHECK(later.status == 503);
    CHECK(later.body.find("store_unavailable") != std::string::npos);
    CHECK_FALSE(later.field("retry-after").empty());
  }
  const auto central = client.ask(get("/api/inventory/skus/s"));
  CHECK(central.status == 503);
  const auto stores = get("/api/inventory/stores");
  CHECK(client.ask(stores).body.find(R"("complete":false)")
        != std::string::npos);
  nobody.start();
  expect_soon(
      [&] { return client.ask(get("/api/health/readiness")).status == 200; });
  CHECK(client.ask(events).status == 200);
  CHECK(client.ask(write).status == 200);
  CHECK(client.ask(hold).status == 200);
  CHECK(client.ask(stores).body.find("complete") == std::string::npos);
  CHECK(client.ask(get(record_path("s", "store-q"))).status == 404);
  CHECK(client.ask(get(record_path("s", "store-z"))).status == 404);
}

TEST_CASE("a node port beyond loopback needs certificates") {
  test::process_plan plan;
  const storage::testing::temp_dir directory;
  plan.command = {test::holdfast_program(),
                  "serve",
                  "--port",
                  "0",
                  "--node-port",
                  "auto",
                  "--node-host",
                  "192.0.2.1",
                  "--data-dir",
                  directory / "data"};
  plan.out_path = directory / "out";
  plan.err_path = directory / "err";
  const auto end = test::run(plan, test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(2));
  CHECK(test::read_text(plan.err_path).find("NODE_TLS_CERT")
        != std::string::npos);
}
