// The programs under load: a node, and the ceiling it is held against.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "tests/benchmarks/process.hpp"

namespace holdfast::bench {

/// A server on a port of the loopback that the kernel chose.
class server {
public:
  std::uint16_t port() const noexcept {
    return port_;
  }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(port_);
  }
  process& child() noexcept {
    return child_;
  }
  /// How it was started.
  const std::string& command_line() const noexcept {
    return command_line_;
  }

protected:
  /// Waits for the line in which it names its port, last.
  server(const command& what, const environment& with);

  std::string command_line_;
  process child_;
  std::uint16_t port_;
};

class ceiling_server : public server {
public:
  explicit ceiling_server(const std::string& program) : server({program}, {}) {
    // nop
  }
};

/// `holdfast serve`, or `join`, with every limit off unless `with` says
/// otherwise; started by way of `under`, a program such as nice(1) and its
/// words.
class node_server : public server {
public:
  node_server(const std::string& program, const std::string& data_dir,
              const environment& with = {},
              const std::string& subcommand = "serve", command under = {});

  /// Where others join. Once, for a node with such a port.
  std::string node_address();
  /// From the start of the process to the first yes of its readiness.
  std::chrono::duration<double> time_to_ready() const noexcept {
    return time_to_ready_;
  }
  /// Ends it as an operator would. Throws if it does not end well.
  void stop();

private:
  node_server(const command& what, const environment& with,
              std::chrono::steady_clock::time_point started);

  std::chrono::duration<double> time_to_ready_;
};

} // namespace holdfast::bench
