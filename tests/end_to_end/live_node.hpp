// A node with a directory of its own, to be ended and started again.
#pragma once

#include <string>
#include <vector>

#include "tests/storage/temp_dir.hpp"
#include "tests/support/node_process.hpp"

namespace holdfast::live {

class live_node {
public:
  /// Ready to serve, with its limits off but for `flags`; the test ends if it
  /// does not get there.
  explicit live_node(std::vector<std::string> flags = {});

  std::uint16_t port() const noexcept {
    return node_->port();
  }
  /// Where other nodes join, 0 if they cannot.
  std::uint16_t node_port() {
    return node_->node_port();
  }
  const std::string& directory() const noexcept {
    return directory_.path();
  }

  /// SIGKILL.
  void kill();
  /// SIGTERM; the test fails unless it drains and exits 0.
  void stop();
  /// After one of those. The port is another one.
  void start();

  /// SIGHUP.
  void reload();

  /// What it wrote to its log.
  std::string log() const {
    return node_->program().err();
  }

  bool is_running() {
    return node_->program().is_running();
  }

private:
  storage::testing::temp_dir directory_;
  std::vector<std::string> flags_;
  std::unique_ptr<test::node_process> node_;
};

/// A node that lasts as long as the test program, for tests that leave it as
/// good as they found it. Each of them has SKUs of its own.
live_node& shared_node();

/// A name that nobody has used.
std::string fresh_name(const std::string& head);

} // namespace holdfast::live
