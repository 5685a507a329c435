// What clients were told, small enough to keep millions of it.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "src/checker/checker.hpp"
#include "src/cli/load/draft.hpp"

namespace holdfast::cli {

/// A `checker::entry` whose names are in a `name_book`.
struct packed_call {
  std::int64_t called_ns = 0;
  std::int64_t returned_ns = 0;
  draft ask;
  std::uint32_t client = 0;
  bool known = false;
  bool has_record = false;
  bool has_hold = false;
  bool replayed = false;
  error_code code = error_code::none;
  /// Of the hold, or of what a refusal names.
  reservation_state state = reservation_state::active;
  /// Of the hold.
  reservation_ref hold;
  /// Record and hold and what is available, or the numbers of a refusal.
  std::array<std::int64_t, 12> numbers{};
};

/// The record that `from` shows.
balances record_in(const packed_call& from);
/// What it says is available, `absent` if it does not.
std::int64_t available_in(const packed_call& from);

void pack(const outcome& from, packed_call& into);
checker::entry unpack(const packed_call& from, const name_book& names,
                      bool with_fingerprint);

/// Which SKUs are recorded: every one whose number ends, mixed, in so many
/// zeros. One thread narrows, any thread looks.
class watch {
public:
  bool covers(std::uint32_t sku) const noexcept {
    return (mix(sku) & mask_.load(std::memory_order_relaxed)) == 0;
  }
  std::uint64_t mask() const noexcept {
    return mask_.load(std::memory_order_relaxed);
  }
  /// Half of them go.
  void narrow() noexcept {
    mask_.store(mask() << 1 | 1, std::memory_order_relaxed);
  }

private:
  static std::uint64_t mix(std::uint64_t value) noexcept {
    return (value + 1) * 0x9e3779b97f4a7c15 >> 32;
  }

  std::atomic<std::uint64_t> mask_{0};
};

/// The calls of some clients, of the SKUs that are watched.
class call_record {
public:
  explicit call_record(const watch& over) : over_(&over) {
    // nop
  }

  void add(const packed_call& call);
  /// Any thread.
  std::uint64_t size() const noexcept {
    return size_.load(std::memory_order_relaxed);
  }
  /// Appends those still watched to `into`, and forgets all.
  void move_to(std::vector<packed_call>& into);

private:
  using chunk = std::vector<packed_call>;

  void prune(chunk& some);
  void prune_a_little();

  const watch* over_;
  std::uint64_t mask_ = 0;
  /// Chunks before this one have only what is watched.
  std::size_t pruned_ = 0;
  std::uint64_t added_ = 0;
  /// Nothing is moved to make room while it is measured.
  std::vector<chunk> chunks_;
  std::atomic<std::uint64_t> size_{0};
};

} // namespace holdfast::cli
