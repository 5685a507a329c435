// How many operations share a transaction, and when it begins.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>

#include "holdfast/limits.hpp"

namespace holdfast {

/// Group commit for callers that wait for their answer before they ask again.
/// A plain value that is told the time; for one thread.
class commit_policy {
public:
  using clock = std::chrono::steady_clock;

  /// Fewer operations than this are never divided: a transaction costs as much
  /// as that many.
  static constexpr std::size_t even_batch_min = 32;
  /// A caller whose answer has left is back within about this time, times the
  /// number of those whose answers left with it.
  static constexpr std::chrono::microseconds return_time{30};
  /// What is waited for them is at most this part of a transaction, and never
  /// longer than `pause_max`: a disk that stood still once must not have those
  /// that come afterwards wait for who gave up long ago.
  static constexpr int pause_share = 8;
  static constexpr std::chrono::milliseconds pause_max{250};

  /// How many of `waiting` operations the next transaction takes. All of them
  /// on a slow disk; on a quick one not more than half of all that seem to be
  /// under way: one transaction of all would leave the other threads idle
  /// while it is written, and itself idle while they answer.
  std::size_t batch_size(std::size_t waiting) const noexcept {
    const auto half = is_slow_ ? waiting : (waiting + last_ + 1) / 2;
    return std::min(
        {waiting, std::max(half, even_batch_min), limits::batch_max});
  }

  /// A transaction of `operations` took so long and ends `now`, when their
  /// answers leave.
  void committed(std::size_t operations, clock::duration took,
                 clock::time_point now) noexcept {
    const auto pause = std::min<clock::duration>(took / pause_share, pause_max);
    last_ = operations;
    last_took_ = took;
    is_slow_ = operations * return_time <= pause;
    pause_ends_ = now + pause;
    came_meanwhile_.reset();
  }

  /// How long the next transaction should wait for callers that are about to
  /// return; zero for not at all. On a slow disk this pays: else two crowds
  /// take turns, and each waits for the syncs of both. The first call after
  /// `committed` has to come when `waiting` is what came meanwhile.
  clock::duration pause(std::size_t waiting, clock::time_point now) noexcept {
    if (!came_meanwhile_)
      came_meanwhile_ = waiting;
    return is_slow_ && !are_all_back(waiting)
               ? std::max(pause_ends_ - now, clock::duration{})
               : clock::duration{};
  }

  /// Nobody else is waited for.
  bool are_all_back(std::size_t waiting) const noexcept {
    return missing(waiting) == 0;
  }

  /// How many are waited for.
  std::size_t missing(std::size_t waiting) const noexcept {
    const auto all = came_meanwhile_.value_or(0) + last_;
    return all - std::min(all, waiting);
  }

  /// What the last transaction took.
  clock::duration last_took() const noexcept {
    return last_took_;
  }

private:
  std::size_t last_ = 0;
  clock::duration last_took_{};
  /// The last transaction took far longer than its callers need to return.
  bool is_slow_ = false;
  clock::time_point pause_ends_;
  std::optional<std::size_t> came_meanwhile_;
};

} // namespace holdfast
