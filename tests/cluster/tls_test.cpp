// Nodes that let in only nodes.
#include <doctest/doctest.h>

#include "tests/cluster/nodes.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;

namespace {

/// A certificate authority with certificates of two nodes.
class authority {
public:
  authority() {
    test::process_plan plan;
    plan.command = {PROJECT_ROOT "/config/make_ca.sh", directory_ / "ca", "n1",
                    "n2"};
    plan.out_path = directory_ / "out";
    plan.err_path = directory_ / "err";
    const auto end = test::run(plan, test::patience);
    CAPTURE(test::read_text(plan.err_path));
    REQUIRE(end.has_value());
    REQUIRE(end->is_exit(0));
  }

  std::vector<std::string> flags(const std::string& node) const {
    return {"--node-tls-cert",       path(node + ".pem"), "--node-tls-key",
            path(node + "-key.pem"), "--node-tls-ca",     path("ca.pem")};
  }

private:
  std::string path(const std::string& name) const {
    return directory_ / "ca" + ("/" + name);
  }

  storage::testing::temp_dir directory_;
};

request add(const std::string& store) {
  return post(record_path("s", store) + "/adjust", R"({"delta":1})");
}

} // namespace

TEST_CASE("nodes with certificates of one authority serve as one") {
  const authority trusted;
  cluster_node first{"n1", {"store-a"}, trusted.flags("n1")};
  cluster_node second{"n2", {"store-b"}, trusted.flags("n2")};
  first.start();
  second.start(&first);
  CHECK(first.ask(add("store-b")).status == 200);
  CHECK(second.ask(add("store-a")).status == 200);
  second.kill();
  second.start(&first);
  expect_soon([&] { return first.ask(add("store-b")).status == 200; });
}

TEST_CASE("a node without a certificate, or with one of others, stays out") {
  const authority trusted;
  const authority foreign;
  cluster_node first{"n1", {"store-a"}, trusted.flags("n1")};
  first.start();
  cluster_node plain{"n2", {"store-b"}};
  cluster_node stranger{"n3", {"store-c"}, foreign.flags("n2")};
  plain.launch(&first);
  stranger.launch(&first);
  for (auto* each : {&plain, &stranger})
    expect_soon([&] {
      return each->process().program().err().find("node_lost")
             != std::string::npos;
    });
  CHECK(first.ask_json(get("/api/cluster"))["nodes"].size() == 1);
  CHECK(first.ask(add("store-b")).status == 404);
  CHECK(first.ask(add("store-a")).status == 200);
}

TEST_CASE("a certificate that cannot be read ends the node at its start") {
  cluster_node node{"n1",
                    {"store-a"},
                    {"--node-tls-cert", "/nowhere.pem", "--node-tls-key",
                     "/nowhere.pem", "--node-tls-ca", "/nowhere.pem"}};
  node.launch();
  const auto end = node.process().program().wait(test::patience);
  REQUIRE(end.has_value());
  CHECK_FALSE(end->is_exit(0));
  CHECK(node.process().program().err().find("/nowhere.pem")
        != std::string::npos);
}
