// A node as its users run it, in a process of its own.
#pragma once

#include <memory>

#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::test {

struct node_plan {
  /// The journal is in `data` below it, the outputs beside that.
  std::string directory;
  std::vector<std::string> stores = {"store-1", "store-2"};
  /// `serve` or `join`.
  std::string command = "serve";
  /// Tells the outputs of several nodes on one journal apart.
  std::string suffix = {};
  /// What runs the program, `strace` and its options for example.
  std::vector<std::string> wrapper = {};
  /// More flags.
  std::vector<std::string> flags = {};
  /// Empty for the program that the build made.
  std::string program = {};
};

/// A node on a port of the loopback that the kernel chose, with every limit
/// of its load off. Killed with this object.
class node_process {
public:
  /// Starts it and returns at once.
  explicit node_process(node_plan plan);

  /// Waits until it can be asked. False if it ended, or is not that far in
  /// time.
  bool wait_listening(std::chrono::milliseconds within = 2 * patience);

  /// Waits until it says that writes can succeed. False if it ended, or is
  /// not that far in time.
  bool wait_ready(std::chrono::milliseconds within = 2 * patience);

  /// 0 until one of these has seen it listen.
  std::uint16_t port() const noexcept {
    return port_;
  }
  /// Where other nodes join, 0 if they cannot. Once it listens.
  std::uint16_t node_port();
  std::string data_dir() const {
    return data_dir_of(plan_);
  }
  static std::string data_dir_of(const node_plan& plan) {
    return plan.directory + "/data";
  }

  process& program() noexcept {
    return *program_;
  }

private:
  node_plan plan_;
  std::unique_ptr<process> program_;
  std::uint16_t port_ = 0;
};

/// The program that the build made.
std::string holdfast_program();

/// What `holdfast verify` says of a data directory.
struct verdict {
  int exit_code = -1;
  /// Both outputs.
  std::string text;
};
verdict run_verify(const std::string& directory);

} // namespace holdfast::test
