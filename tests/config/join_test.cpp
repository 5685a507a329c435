#include <doctest/doctest.h>

#include "src/config/value.hpp"
#include "tests/config/given.hpp"

using namespace holdfast;
using namespace holdfast::config;
using namespace holdfast::config::test;

namespace {

using words = std::vector<std::string>;

/// A join of `members` that lacks nothing, with more flags.
words join_at(const std::string& members, const words& more = {}) {
  words all{"join", "--join",   members,  "--node-name",
            "n2",   "--stores", "store-3"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

words join(const words& more = {}) {
  return join_at("127.0.0.1:4001", more);
}

} // namespace

TEST_CASE("a node joins with a name, stores and somebody to call") {
  const auto made = run(join());
  CHECK(made.command == command::join);
  CHECK(made.node.join == words{"127.0.0.1:4001"});
  CHECK(made.node.node_name == "n2");
  CHECK(made.node.stores == words{"store-3"});
  CHECK(made.node.is_member());
  CHECK(refusal({"join"}) == "say whom to join: --join HOST:PORT");
  CHECK(refusal({"join", "--join", "a:1"})
        == "say which stores the node brings along: --stores A,B");
  CHECK(refusal({"join", "--join", "a:1", "--stores", "s"})
        == "say how the node is called: --node-name NAME");
}

TEST_CASE("a joining node with port 0 serves no HTTP") {
  CHECK(run(join()).node.has_http);
  CHECK_FALSE(run(join({"--port", "0"})).node.has_http);
  CHECK(run(join({"--port", "auto"})).node.has_http);
  CHECK(serve({"--port", "0"}).has_http);
}

TEST_CASE("auto lets the kernel choose a port") {
  const auto node = serve({"--port", "auto", "--node-port", "auto"});
  CHECK(node.port == 0);
  CHECK(node.node_port == 0);
  CHECK(node.any_node_port);
  CHECK(node.is_member());
  CHECK_FALSE(serve({}).is_member());
}

TEST_CASE("a joining node can be called, unless something else is said") {
  CHECK(run(join()).node.any_node_port);
  CHECK(run(join()).node.node_host == "127.0.0.1");
  const auto stated = run(join({"--node-port", "4002"})).node;
  CHECK(stated.node_port == 4'002);
  CHECK_FALSE(stated.any_node_port);
  CHECK_FALSE(run(join({"--node-port", "0"})).node.any_node_port);
  CHECK_FALSE(run(join(), {{"NODE_PORT", "0"}}).node.any_node_port);
  const temporary_file file{"node_port = 0\n"};
  CHECK_FALSE(run(join({"--config", file.path()})).node.any_node_port);
  CHECK_FALSE(serve({}).any_node_port);
}

TEST_CASE("whoever serves joins nobody") {
  CHECK(refusal({"serve", "--join", "127.0.0.1:4001"}) != "accepted");
  CHECK(serve({}, {{"JOIN", "127.0.0.1:4001"}}).join.empty());
}

TEST_CASE("a member shares its directory with no other process") {
  CHECK(refusal({"serve", "--locks-enabled", "--node-port", "4001"})
        == "--locks-enabled is \"true\": must be false for a member of a "
           "cluster (NODE_PORT or JOIN): each store has one owner there");
  CHECK(refusal(join(), {{"LOCKS_ENABLED", "true"}}) != "accepted");
  CHECK(run(join(), {{"LOCKS_ENABLED", "false"}}).node.is_member());
  CHECK(serve({"--locks-enabled"}).locks_enabled);
}

TEST_CASE("members are named by host and port") {
  CHECK(are_node_addresses({}));
  CHECK(are_node_addresses({"a:1", "[::1]:2"}));
  CHECK_FALSE(are_node_addresses({"a:1", "a:1"}));
  CHECK_FALSE(are_node_addresses({"a"}));
  CHECK(run(join_at("localhost:1,127.0.0.2:2")).node.join
        == words{"localhost:1", "127.0.0.2:2"});
}

TEST_CASE("a node port beyond loopback needs certificates") {
  CHECK(refusal({"serve"}, {{"NODE_HOST", "192.0.2.1"}})
        == "NODE_HOST from the environment is \"192.0.2.1\": must be a "
           "loopback address unless NODE_TLS_CERT lets only nodes in, or "
           "INSECURE=true lets everybody in");
  CHECK(refusal({"serve", "--node-host", "192.0.2.1", "--insecure"})
        == "accepted");
  CHECK(refusal({"serve", "--node-host", "0.0.0.0", "--insecure"})
        != "accepted");
  const temporary_file file{""};
  CHECK(serve({"--node-host", "192.0.2.1", "--node-tls-cert", file.path(),
               "--node-tls-key", file.path(), "--node-tls-ca", file.path()})
            .node_host
        == "192.0.2.1");
}

TEST_CASE("certificate, key and authority of a node come together") {
  CHECK(refusal({"serve", "--node-tls-cert", "c"})
        == "--node-tls-cert is \"c\": must be given together with "
           "NODE_TLS_CERT, NODE_TLS_KEY and NODE_TLS_CA");
  CHECK(refusal({"serve", "--node-tls-ca", "c", "--node-tls-key", "k"})
        != "accepted");
}

TEST_CASE("members beyond loopback are joined with certificates only") {
  const std::string rule =
      ": must be on loopback unless NODE_TLS_CERT lets only nodes answer, or "
      "INSECURE=true believes whoever does";
  const words silent{"--node-host", "127.0.0.1", "--node-port", "0"};
  CHECK(refusal(join_at("10.0.0.5:4001", silent))
        == "--join is \"10.0.0.5:4001\"" + rule);
  CHECK(refusal(
            {"join", "--node-name", "n2", "--stores", "s", "--node-port", "0"},
            {{"JOIN", "127.0.0.1:1,shop:2"}})
        == "JOIN from the environment is \"127.0.0.1:1,shop:2\"" + rule);
  const temporary_file with{"join = ['[fd00::1]:1']\nnode_port = 0\n"};
  CHECK(refusal({"join", "--node-name", "n2", "--stores", "s", "--config",
                 with.path()})
        == "join in " + with.path() + ", line 1 is \"[fd00::1]:1\"" + rule);
  for (const auto* near : {"localhost:1", "127.1.2.3:1", "[::1]:1"})
    CHECK_MESSAGE(refusal(join_at(near)) == "accepted", near);
  const temporary_file file{""};
  words guarded = silent;
  guarded.insert(guarded.end(),
                 {"--node-tls-cert", file.path(), "--node-tls-key", file.path(),
                  "--node-tls-ca", file.path()});
  CHECK(refusal(join_at("10.0.0.5:4001", guarded)) == "accepted");
  CHECK(serve({}, {{"JOIN", "10.0.0.5:4001"}}).join.empty());
}

TEST_CASE("who joins others beyond loopback is where they can call it") {
  const std::string rule = "--join is \"10.0.0.5:4001\": must be on loopback "
                           "unless NODE_HOST is an address that others can "
                           "call, or NODE_PORT is 0";
  const auto join_far = [](words more) {
    more.push_back("--insecure");
    return refusal(join_at("10.0.0.5:4001", more));
  };
  CHECK(join_far({}) == rule);
  CHECK(join_far({"--node-port", "4002"}) == rule);
  CHECK(join_far({"--node-host", "::1", "--node-port", "auto"}) == rule);
  CHECK(join_far({"--node-port", "0"}) == "accepted");
  CHECK(join_far({"--node-host", "10.0.0.6"}) == "accepted");
}
