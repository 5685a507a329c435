// What SKU actors decided, on its way to the journal writer.
#pragma once

#include <algorithm>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>

#include "actors/operation.hpp"

namespace holdfast {

/// Decided operations of all SKUs of a journal, in the order in which they were
/// put in. Each is most often alone, and a message each would cost more than
/// the decision; so the writer is told of the first and takes what is there by
/// then. Thread-safe: none of its callers waits for more than a few moves.
class journal_inbox {
public:
  /// True if the writer is to be sent an `arrival_atom`.
  [[nodiscard]] bool put(operation_ptr op) {
    const std::lock_guard guard{lock_};
    waiting_.push_back(std::move(op));
    return is_due();
  }

  /// Moves all to the end of `into` and returns how many they were. The writer
  /// is told of the next one.
  std::size_t take(std::deque<operation_ptr>& into) {
    operations taken;
    {
      const std::lock_guard guard{lock_};
      taken.swap(waiting_);
      waiting_.swap(spare_);
      tell_at_ = 1;
      is_told_ = false;
    }
    const auto count = taken.size();
    std::move(taken.begin(), taken.end(), std::back_inserter(into));
    taken.clear();
    spare_ = std::move(taken);
    return count;
  }

  /// The writer does not want to be told before there are `count`. True if it
  /// has been told by this.
  [[nodiscard]] bool tell_at(std::size_t count) {
    const std::lock_guard guard{lock_};
    tell_at_ = count;
    is_told_ = false;
    return is_due();
  }

private:
  bool is_due() noexcept {
    return waiting_.size() >= tell_at_ && !std::exchange(is_told_, true);
  }

  std::mutex lock_;
  operations waiting_;
  std::size_t tell_at_ = 1;
  bool is_told_ = false;
  /// Room that was used before. The writer's own.
  operations spare_;
};

} // namespace holdfast
