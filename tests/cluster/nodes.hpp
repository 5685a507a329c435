// A cluster of real processes on this machine.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tests/cluster/networks.hpp"
#include "tests/end_to_end/caller.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"

namespace holdfast::cluster_test {

using json = nlohmann::json;

/// A node with a directory, a name and stores of its own, to be ended and
/// started again. It keeps its ports.
class cluster_node {
public:
  cluster_node(std::string name, std::vector<std::string> stores,
               std::vector<std::string> flags = {});

  /// It is to live at `address` of a network of its own; everybody may join it
  /// there. Loopback otherwise.
  void place(const network& where, std::string address);
  /// It is to run `program` instead of the one that the build made.
  void use(std::string program) {
    program_ = std::move(program);
  }
  /// Null for that of the test.
  const network* where() const noexcept {
    return where_;
  }

  /// Founds a cluster, or joins that of `seed`. The test ends unless the node
  /// becomes ready.
  void start(cluster_node* seed = nullptr);
  /// The same without waiting.
  void launch(cluster_node* seed = nullptr);
  void wait_ready();

  /// SIGKILL.
  void kill();
  /// SIGTERM; the test fails unless it drains and exits 0.
  void stop();
  void send(int signal) {
    process().program().send(signal);
  }

  const std::string& name() const noexcept {
    return name_;
  }
  std::uint16_t port() const noexcept {
    return port_;
  }
  std::uint16_t node_port() const noexcept {
    return node_port_;
  }
  const std::string& directory() const noexcept {
    return directory_.path();
  }
  test::node_process& process() {
    return *process_;
  }

  /// An answer over a fresh connection; the test ends without one.
  raw_response ask(const live::request& what) const;
  json ask_json(const live::request& what) const;
  /// What `GET /api/cluster` says of a node; null if it says nothing.
  json seen(const std::string& node) const;

private:
  storage::testing::temp_dir directory_;
  std::string name_;
  std::vector<std::string> stores_;
  std::vector<std::string> flags_;
  std::string program_;
  const network* where_ = nullptr;
  std::string address_ = "127.0.0.1";
  std::unique_ptr<test::node_process> process_;
  std::uint16_t port_ = 0;
  std::uint16_t node_port_ = 0;
};

/// One unit more of SKU s.
inline live::request add(const std::string& store) {
  return live::post(live::record_path("s", store) + "/adjust",
                    R"({"delta":1})");
}

/// Waits until `holds()`, and fails the test if it does not in time.
void expect_soon(const std::function<bool()>& holds);

/// n1 with store-a and store-b, n2 with store-c, n3 with store-d; every node
/// sees every other, over `between` if there is that.
class three_nodes {
public:
  explicit three_nodes(const std::vector<std::string>& flags = {},
                       const cables* between = nullptr);

  cluster_node first;
  cluster_node second;
  cluster_node third;

  std::vector<cluster_node*> all() {
    return {&first, &second, &third};
  }
  /// Waits until each of them sees the others.
  void wait_whole();
};

} // namespace holdfast::cluster_test
