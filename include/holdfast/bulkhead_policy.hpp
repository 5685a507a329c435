// How much may be in flight at once.
#pragma once

#include <cstddef>

namespace holdfast {

/// Counts permits. What finds none waits in the owner's queue, which is
/// bounded; past the bound it is refused. Not thread-safe.
class bulkhead_policy {
public:
  /// `permits` 0 means no limit. `queue_max` is what may wait.
  bulkhead_policy(std::size_t permits, std::size_t queue_max)
      : permits_(permits), queue_max_(queue_max) {
    // nop
  }

  /// Takes `wanted` permits, or none if fewer are free.
  bool acquire(std::size_t wanted) noexcept {
    if (permits_ != 0 && in_use_ + wanted > permits_)
      return false;
    in_use_ += wanted;
    return true;
  }

  /// Gives `count` permits back. Never more than were taken.
  void release(std::size_t count) noexcept {
    in_use_ -= count < in_use_ ? count : in_use_;
  }

  /// How many more may join a queue that holds `waiting` now.
  std::size_t room(std::size_t waiting) const noexcept {
    return waiting < queue_max_ ? queue_max_ - waiting : 0;
  }

  std::size_t in_use() const noexcept {
    return in_use_;
  }

private:
  std::size_t permits_;
  std::size_t queue_max_;
  std::size_t in_use_ = 0;
};

} // namespace holdfast
