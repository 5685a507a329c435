// Nodes that let in only nodes.
#include <doctest/doctest.h>

#include <array>
#include <iterator>

#include "tests/cluster/nodes.hpp"
#include "tests/end_to_end/run_program.hpp"
#include "tests/support/process_time.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace holdfast::live;
using namespace std::chrono_literals;

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
  /// For the openssl program.
  std::vector<std::string> certificate(const std::string& node) const {
    return {"-cert", path(node + ".pem"), "-key", path(node + "-key.pem")};
  }

private:
  std::string path(const std::string& name) const {
    return directory_ / "ca" + ("/" + name);
  }

  storage::testing::temp_dir directory_;
};

bool tells(cluster_node& node, const std::string& text) {
  return node.process().program().err().find(text) != std::string::npos;
}

/// Greets over TLS, with a certificate if `own` names one, until it is sent
/// away.
void greet(const cluster_node& node, const std::vector<std::string>& own) {
  const storage::testing::temp_dir directory;
  std::vector<std::string> command{
      "openssl", "s_client", "-ign_eof", "-connect",
      "127.0.0.1:" + std::to_string(node.node_port())};
  command.insert(command.end(), own.begin(), own.end());
  CHECK(run_program(directory.path(), std::move(command)).code >= 0);
}

/// Says something that is no greeting, until it is sent away.
void say(const cluster_node& node, const std::string& bytes) {
  raw_client client{node.node_port()};
  (void)client.send(bytes);
  client.close_sending();
  CHECK(client.is_ended_by_peer());
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
  expect_soon([&] { return first.seen("n2").contains("reason"); });
  second.start(&first);
  expect_soon([&] { return first.ask(add("store-b")).status == 200; });
  expect_soon([&] { return !first.seen("n2").contains("reason"); });
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
    expect_soon([&] { return tells(*each, "node_lost"); });
  // Each says what it found, and is told what the other did.
  expect_soon(
      [&] { return tells(stranger, "TLS: certificate verify failed"); });
  expect_soon([&] { return tells(first, R"("event":"node_tls_refused")"); });
  expect_soon([&] { return tells(first, " alert "); });
  CHECK(first.ask_json(get("/api/cluster"))["nodes"].size() == 1);
  CHECK(first.ask(add("store-b")).status == 404);
  CHECK(first.ask(add("store-a")).status == 200);
}

TEST_CASE("strangers do not break the links between nodes") {
  const authority trusted;
  const authority foreign;
  cluster_node first{"n1", {"store-a"}, trusted.flags("n1")};
  cluster_node second{"n2", {"store-b"}, trusted.flags("n2")};
  first.start();
  second.start(&first);
  expect_soon([&] { return first.ask(add("store-b")).status == 200; });
  const std::vector<std::function<void()>> strangers{
      [&] { greet(first, {}); },
      [&] { greet(first, foreign.certificate("n2")); },
      [&] { greet(first, {"-tls1_2"}); },
      [&] { say(first, "GET / HTTP/1.1\r\nHost: n1\r\n\r\n"); },
      [&] { say(first, std::string("\x16\x03\x01\x00\x04\x01\0\0\0", 9)); },
      [&] { say(first, {}); },
  };
  for (const auto& comes : strangers)
    for (int i = 0; i < 3; ++i) {
      comes();
      CHECK(first.ask(add("store-b")).status == 200);
      CHECK(second.ask(add("store-a")).status == 200);
    }
  for (auto* each : {&first, &second})
    CHECK_FALSE(tells(*each, "node_lost"));
  // Once, however often it comes.
  const std::string reason = "peer did not return a certificate";
  expect_soon([&] { return tells(first, reason); });
  const auto log = first.process().program().err();
  CHECK(log.find(reason) == log.rfind(reason));
}

TEST_CASE("strangers who say nothing cost no time") {
  const authority trusted;
  cluster_node node{"n1", {"store-a"}, trusted.flags("n1")};
  node.start();
  auto& program = node.process().program();
  // Nothing at all, or the beginning of a handshake.
  std::vector<std::unique_ptr<raw_client>> strangers;
  for (int i = 0; i < 20; ++i) {
    strangers.push_back(std::make_unique<raw_client>(node.node_port()));
    if (i % 2 == 0)
      CHECK(strangers.back()->send(std::string("\x16\x03\x01\x02", 4)));
  }
  CHECK(node.ask(add("store-a")).status == 200);
  const auto before = test::work_of(program.pid());
  constexpr auto span = 3'000ms;
  CHECK_FALSE(program.wait(span));
  const auto work = test::work_of(program.pid()) - before;
  MESSAGE("processor time in 3 s: " << work.count() << " s");
  CHECK(work < span / 8);
}

TEST_CASE("a file that makes no certificate ends the node, and is named") {
  const authority trusted;
  // What cannot be read is named as it was given.
  const std::array<const char*, 2> options[] = {
      {"--node-tls-cert", "NODE_TLS_CERT"},
      {"--node-tls-key", "NODE_TLS_KEY"},
      {"--node-tls-ca", "NODE_TLS_CA"}};
  const char* const files[] = {"/nowhere.pem", PROJECT_ROOT "/meson.build"};
  for (std::size_t i = 0; i < std::size(options); ++i)
    for (std::size_t j = 0; j < std::size(files); ++j) {
      const auto* file = files[j];
      auto flags = trusted.flags("n1");
      flags[2 * i + 1] = file;
      cluster_node node{"n1", {"store-a"}, flags};
      node.launch();
      const auto end = node.process().program().wait(test::patience);
      REQUIRE(end.has_value());
      CHECK(end->is_exit(2));
      const auto said = node.process().program().err();
      CAPTURE(said);
      CHECK(said.find(options[i][j] + std::string{" is "})
            != std::string::npos);
      CHECK(said.find(file) != std::string::npos);
    }
}
