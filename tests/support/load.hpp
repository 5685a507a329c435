// Clients that keep a node busy and remember everything it told them.
#pragma once

#include <thread>

#include "tests/support/load_client.hpp"

namespace holdfast::test {

/// All clients of a plan, each on a thread of its own while it runs. They
/// outlive the nodes they talk to. One owner thread.
class load {
public:
  explicit load(const load_plan& plan);
  load(const load&) = delete;
  load& operator=(const load&) = delete;
  ~load();

  void start(std::uint16_t port);
  /// Returns when every client has its last answer.
  void stop();
  /// No client is running: they were stopped, or found the door closed.
  bool is_idle() const noexcept {
    return running_ == 0;
  }
  /// Repeats what is unsettled. False if some of it still is.
  bool settle(std::uint16_t port);
  /// Reads every SKU once more.
  std::vector<final_record> read_all(std::uint16_t port);

  /// A client that asks only what the test makes it ask.
  load_client& observer() noexcept {
    return observer_;
  }

  /// Of all clients, while stopped.
  std::vector<call> calls() const;

private:
  load_plan plan_;
  std::vector<load_client> clients_;
  load_client observer_;
  std::vector<std::thread> threads_;
  std::atomic<unsigned> running_{0};
  std::atomic<bool> is_over_{false};
};

} // namespace holdfast::test
