// Loads that are put on a cluster from outside, and outlive its nodes.
#include <doctest/doctest.h>

#include "tests/cluster/nodes.hpp"
#include "tests/end_to_end/run_program.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 60s;

std::string at_port(std::uint16_t port) {
  return "127.0.0.1:" + std::to_string(port);
}

/// A load that runs beside the test.
class side_load {
public:
  explicit side_load(std::vector<std::string> words) {
    test::process_plan plan;
    plan.command = {test::holdfast_program(), "load", "mixed"};
    plan.command.insert(plan.command.end(), words.begin(), words.end());
    for (const auto* each :
         {"--warm-up", "0", "--clients", "16", "--skus", "50", "--json"})
      plan.command.emplace_back(each);
    plan.command.push_back(directory_ / "json");
    plan.out_path = directory_ / "out";
    plan.err_path = directory_ / "err";
    program_ = std::make_unique<test::process>(plan);
  }

  /// Waits until it has been answered.
  void wait_busy() {
    const bool is_busy =
        program_->wait_for_line("     1 s", patience).has_value();
    CAPTURE(program_->err());
    REQUIRE(is_busy);
  }
  /// Its figures. The test fails if the load found anything wrong.
  json finish() {
    const auto end = program_->wait(patience);
    REQUIRE(end.has_value());
    CHECK_MESSAGE(end->is_exit(0), program_->out(), program_->err());
    return json::parse(test::read_text(directory_ / "json"));
  }

private:
  storage::testing::temp_dir directory_;
  std::unique_ptr<test::process> program_;
};

} // namespace

TEST_CASE("a guest drives every store, and is no node") {
  three_nodes nodes;
  side_load load{
      {"--join", at_port(nodes.second.node_port()), "--seconds", "2"}};
  load.wait_busy();
  CHECK(nodes.first.ask_json(live::get("/api/cluster")).at("nodes").size()
        == 3);
  const auto figures = load.finish();
  CHECK(figures["ok"] == true);
  CHECK(figures["check"]["watchedSkus"] == 50);
  // The stores of all nodes have got their share.
  for (const auto* each : {"store-a", "store-b", "store-c", "store-d"}) {
    const auto feed = nodes.first.ask_json(
        live::get(std::string{"/api/events?limit=1&storeId="} + each));
    CHECK(feed.at("events").size() == 1);
  }
}

TEST_CASE("a guest comes again after a node is killed under its load") {
  three_nodes nodes;
  side_load load{
      {"--join", at_port(nodes.first.node_port()), "--seconds", "4"}};
  load.wait_busy();
  nodes.third.kill();
  nodes.third.start(&nodes.first);
  const auto figures = load.finish();
  CHECK(figures["ok"] == true);
  CHECK(figures["whole"]["refused"]["store_unavailable"] > 0);
}

TEST_CASE("a guest of another cluster is refused with the reason") {
  cluster_node node{"n1", {"store-a"}};
  node.start();
  storage::testing::temp_dir directory;
  const auto end = live::run_program(
      directory.path(), {test::holdfast_program(), "load", "--join",
                         at_port(node.node_port()), "--cluster-name", "other"});
  CHECK(end.code == 1);
  CHECK(end.err.find("it belongs to cluster other, n1 to holdfast")
        != std::string::npos);
}

TEST_CASE("a load over HTTP outlives a restart of its node") {
  cluster_node node{"n1", {"store-a"}, {"--rate-limit-rps", "0"}};
  node.start();
  side_load load{
      {"--http", "http://" + at_port(node.port()), "--seconds", "4"}};
  load.wait_busy();
  node.kill();
  node.start();
  const auto figures = load.finish();
  CHECK(figures["ok"] == true);
  CHECK(figures["whole"]["refused"]["connect_refused"] > 0);
}
