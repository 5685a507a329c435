// Orders on their way through a node that may die under them.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "tests/end_to_end/order_file.hpp"
#include "tests/end_to_end/replays.hpp"

namespace holdfast::live {

/// One thing to be done and how far it is: receive, take back, or hold and
/// ship. Every request of it has a key of its own, and keeps it.
struct order_job {
  std::string key;
  order_line line;
  /// Requests that were answered, in order.
  std::vector<played> settled;

  bool is_done() const noexcept {
    return settled.size() == (line.quantity > 0 ? 2 : 1);
  }
};

/// Works on a list of jobs with a handful of clients.
class order_replay {
public:
  explicit order_replay(std::vector<order_job> jobs)
      : jobs_(std::move(jobs)), most_(jobs_.size()) {
    // nop
  }

  /// Does what is not done, until all is or the node is gone. Blocks.
  void run(std::uint16_t port);

  /// Begins no job that would make it more than so many. Any thread.
  void pause_at(std::size_t jobs) noexcept {
    most_ = jobs;
  }
  void go_on() noexcept {
    most_ = jobs_.size();
  }

  /// Jobs that are done. Any thread.
  std::size_t done() const noexcept {
    return done_;
  }
  /// Answers that were none of those wanted. Not during `run`.
  const std::vector<std::string>& complaints() const noexcept {
    return complaints_;
  }
  const std::vector<order_job>& jobs() const noexcept {
    return jobs_;
  }

private:
  void work(std::uint16_t port, std::size_t first);

  std::vector<order_job> jobs_;
  std::atomic<std::size_t> done_{0};
  std::atomic<std::size_t> most_;
  std::vector<std::string> complaints_;
};

/// A job for each SKU that needs stock, to be done before any order.
std::vector<order_job> receiving_jobs(const order_lines& orders);
/// A job for each line.
std::vector<order_job> order_jobs(const order_lines& orders);

} // namespace holdfast::live
