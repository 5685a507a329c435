// One data directory, several nodes that share it at the same time, and
// clients that ask now this one and now that one.
#pragma once

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"

namespace holdfast::test {

class shared_campaign {
public:
  struct settings {
    std::size_t nodes = 2;
    unsigned lease_ttl_ms = 500;
    unsigned clients = 8;
  };

  shared_campaign(std::uint64_t seed, const settings& with);
  ~shared_campaign();

  /// Starts a node, and fails the test unless it becomes ready.
  void start(std::size_t which, std::vector<std::string> wrapper = {});
  void start_all();
  node_process& node(std::size_t which) {
    return *nodes_[which];
  }
  /// Clients ask until `stop_load`, also while nodes come and go.
  void start_load();
  void stop_load();
  /// Nothing is asked of this node from now on, until it is started again.
  void avoid(std::size_t which) {
    ports_[which] = 0;
  }
  void run(std::chrono::milliseconds time);

  /// The faults are over, all nodes run and none is asked: settles what is
  /// open, reads everything, ends the nodes, and holds what the clients were
  /// told against the journal, and the journal against its leases. Fails the
  /// test if anything is wrong, or if nothing was acknowledged.
  void finish();

  std::vector<call> calls() const;
  const std::string& directory() const noexcept {
    return directory_.path();
  }

private:
  void ask(load_client& as, std::size_t first);

  settings with_;
  load_plan plan_;
  storage::testing::temp_dir directory_;
  std::vector<std::unique_ptr<node_process>> nodes_;
  std::vector<std::atomic<std::uint16_t>> ports_;
  std::vector<load_client> clients_;
  std::vector<std::thread> threads_;
  std::atomic<bool> is_over_{false};
};

/// How long it took until callers were put off, in milliseconds.
struct waits {
  std::size_t count = 0;
  double median = 0;
  double p99 = 0;
  double most = 0;
};
waits waits_of_put_off(const std::vector<call>& calls);
figures figures_of(const waits& put_off);
std::ostream& operator<<(std::ostream& out, const waits& of);

} // namespace holdfast::test
