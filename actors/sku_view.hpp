// What a SKU lets others read without a turn of its actor.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "holdfast/stock.hpp"

namespace holdfast {

/// The record of a SKU as it was when nothing was open there: all that it saw
/// is durable. Whoever counts what the actor was asked since then knows whether
/// that is still so, for nothing but a question or the end of a hold changes a
/// record. The actor writes, anybody reads; one cache line. A sequence lock, as
/// in H.-J. Boehm, "Can seqlocks get along with programming language memory
/// models?", MSPC 2012.
class alignas(64) sku_view {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// `now` is true until `until`, if `heard` questions are all there were.
  /// Only the actor calls it.
  void show(const balances& now, time_point until,
            std::uint32_t heard) noexcept {
    const auto stamp = stamp_.load(std::memory_order_relaxed) | 1;
    stamp_.store(stamp, std::memory_order_relaxed);
    std::atomic_thread_fence(std::memory_order_release);
    heard_.store(heard, std::memory_order_relaxed);
    put(0, until.time_since_epoch().count());
    put(1, now.on_hand);
    put(2, now.reserved);
    put(3, now.safety_stock);
    put(4, now.backorder_limit);
    put(5, static_cast<std::int64_t>(now.version));
    put(6, now.updated_at_ms);
    stamp_.store(stamp + 1, std::memory_order_release);
  }

  /// The record at `at` if the actor was asked `asked` times in all; nothing
  /// where only the actor knows.
  std::optional<balances> read(time_point at,
                               std::uint32_t asked) const noexcept {
    const auto stamp = stamp_.load(std::memory_order_acquire);
    if (stamp % 2 != 0 || heard_.load(std::memory_order_relaxed) != asked
        || at.time_since_epoch().count() >= get(0))
      return std::nullopt;
    balances now;
    now.on_hand = get(1);
    now.reserved = get(2);
    now.safety_stock = get(3);
    now.backorder_limit = get(4);
    now.version = static_cast<std::uint64_t>(get(5));
    now.updated_at_ms = get(6);
    std::atomic_thread_fence(std::memory_order_acquire);
    if (stamp_.load(std::memory_order_relaxed) != stamp)
      return std::nullopt;
    return now;
  }

private:
  void put(std::size_t at, std::int64_t word) noexcept {
    words_[at].store(word, std::memory_order_relaxed);
  }
  std::int64_t get(std::size_t at) const noexcept {
    return words_[at].load(std::memory_order_relaxed);
  }

  /// Odd while the words do not belong together, and before there are any.
  std::atomic<std::uint32_t> stamp_{1};
  std::atomic<std::uint32_t> heard_{0};
  std::array<std::atomic<std::int64_t>, 7> words_{};
};

} // namespace holdfast
