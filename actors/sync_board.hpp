// Where the sync actor puts what others read.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

#include "actors/chain_counters.hpp"
#include "holdfast/sync_rounds.hpp"

namespace holdfast {

/// Told to whoever asked for a round.
struct round_answer {
  /// `none`: `report` is of a round that began after the question.
  error_code code = error_code::none;
  round_report report;
  /// Of a refusal: when to come back.
  std::chrono::milliseconds retry_after{0};

  /// There was a round, and it read every store.
  bool is_complete() const noexcept {
    return code == error_code::none && report.failed_stores.empty()
           && report.is_whole;
  }
};

/// Counters of the sync actor, read by anyone.
struct sync_counters {
  std::atomic<std::uint64_t> rounds{0};
  /// Rounds with failed stores.
  std::atomic<std::uint64_t> failures{0};
  /// Time of all rounds, and of the last one.
  std::atomic<std::uint64_t> round_micros{0};
  std::atomic<std::uint64_t> last_round_micros{0};
  /// Contradictions found so far.
  std::atomic<std::uint64_t> drift{0};
  bulkhead_counters callers;
  /// The worst circuit to a ledger.
  breaker_counters breaker;
  /// What the last round found.
  std::atomic<std::uint64_t> stores{0};
  std::atomic<std::uint64_t> skus{0};

  void add(const round_report& report) {
    ++rounds;
    failures += report.failed_stores.empty() ? 0 : 1;
    last_round_micros = static_cast<std::uint64_t>(report.took.count());
    round_micros += last_round_micros;
    drift += report.drift;
    stores = report.stores;
    skus = report.skus;
  }
};

/// The newest view and status. Thread-safe; a reader holds on to what it got.
class sync_board {
public:
  std::shared_ptr<const central_view> view() const {
    const std::lock_guard guard{mutex_};
    return view_;
  }
  sync_status status() const {
    const std::lock_guard guard{mutex_};
    return status_;
  }
  void publish(std::shared_ptr<const central_view> view, sync_status status) {
    const std::lock_guard guard{mutex_};
    // What nobody reads any more is freed after the lock.
    view_.swap(view);
    std::swap(status_, status);
  }

  sync_counters counters;

private:
  mutable std::mutex mutex_;
  std::shared_ptr<const central_view> view_ =
      std::make_shared<const central_view>();
  sync_status status_;
};

} // namespace holdfast
