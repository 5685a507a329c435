// What a SKU lets others read without a turn of its actor.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "holdfast/clock.hpp"
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
  /// For a record without holds.
  static constexpr auto never = std::numeric_limits<std::int64_t>::max();

  /// `now` is true before `until_ms`, by the owner's clock, if `heard`
  /// questions are all there were. Only the actor calls it.
  void show(const balances& now, std::int64_t until_ms,
            std::uint32_t heard) noexcept {
    const auto stamp = stamp_.load(std::memory_order_relaxed) | 1;
    stamp_.store(stamp, std::memory_order_relaxed);
    heard_.store(heard, std::memory_order_release);
    put(0, until_ms);
    put(1, now.on_hand);
    put(2, now.reserved);
    put(3, now.safety_stock);
    put(4, now.backorder_limit);
    put(5, static_cast<std::int64_t>(now.version));
    put(6, now.updated_at_ms);
    stamp_.store(stamp + 1, std::memory_order_release);
  }

  /// The record if the actor was asked `asked` times in all; nothing where only
  /// the actor knows. Throws what `time`, the owner's clock, throws.
  std::optional<balances> read(const time_source& time,
                               std::uint32_t asked) const {
    const auto stamp = stamp_.load(std::memory_order_acquire);
    if (stamp % 2 != 0 || heard_.load(std::memory_order_acquire) != asked)
      return std::nullopt;
    const auto until_ms = get(0);
    if (until_ms != never && time.now_ms() >= until_ms)
      return std::nullopt;
    balances now;
    now.on_hand = get(1);
    now.reserved = get(2);
    now.safety_stock = get(3);
    now.backorder_limit = get(4);
    now.version = static_cast<std::uint64_t>(get(5));
    now.updated_at_ms = get(6);
    if (stamp_.load(std::memory_order_relaxed) != stamp)
      return std::nullopt;
    return now;
  }

private:
  // Who sees a word of a writer sees its odd stamp afterwards. No fences: the
  // thread sanitizer does not know them.
  void put(std::size_t at, std::int64_t word) noexcept {
    words_[at].store(word, std::memory_order_release);
  }
  std::int64_t get(std::size_t at) const noexcept {
    return words_[at].load(std::memory_order_acquire);
  }

  /// Odd while the words do not belong together, and before there are any.
  std::atomic<std::uint32_t> stamp_{1};
  std::atomic<std::uint32_t> heard_{0};
  std::array<std::atomic<std::int64_t>, 7> words_{};
};

} // namespace holdfast
