// One generation of the key memory. Internal to the domain.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

#include "holdfast/idempotency.hpp"

namespace holdfast {

/// Open addressing with linear probing over tags of a byte, each before an
/// entry of 24. A key is new most often, and then its tags say so: they stay in
/// the cache where entries do not (Abseil's "Swiss tables" have them, too).
/// Entries are never removed one by one, so probing needs no tombstones.
class key_memory::table {
public:
  /// Milliseconds that fit beside the slot in one word: 4 h 39 min.
  static constexpr std::int64_t span_ms_max = (1 << 24) - 1;

  /// For entries from `start_ms` on, with room for `expected` of them.
  table(std::int64_t start_ms, std::size_t expected);

  std::int64_t start_ms() const noexcept {
    return start_ms_;
  }
  /// Time of the youngest entry.
  std::int64_t youngest_ms() const noexcept {
    return start_ms_ + youngest_offset_;
  }
  std::size_t size() const noexcept {
    return size_;
  }
  std::size_t memory_bytes() const noexcept;

  /// See `key_memory`: the memory of `hash` comes while its caller goes on.
  void expect(const key_hash& hash) const noexcept {
    __builtin_prefetch(&tags()[home(hash).index]);
  }
  void expect_insert(const key_hash& hash) const noexcept {
    const auto at = home(hash).index;
    __builtin_prefetch(&tags()[at], 1);
    __builtin_prefetch(&entries_[at], 1);
  }

  /// The slot of `hash` unless it was recorded before `since_ms`.
  std::optional<answer_slot> find(const key_hash& hash,
                                  std::int64_t since_ms) const noexcept;
  /// Replaces the slot of a known `hash`. Requires `at_ms - start_ms()` within
  /// 0 and `span_ms_max`.
  void insert(const key_hash& hash, answer_slot slot, std::int64_t at_ms);

private:
  /// `packed` is number (39 bits), table (1) and offset (24), from the top.
  struct entry {
    std::uint64_t high;
    std::uint64_t low;
    std::uint64_t packed;
  };
  static_assert(sizeof(entry) == 24);

  struct free_memory {
    void operator()(entry* entries) const noexcept;
  };
  using entries_ptr = std::unique_ptr<entry[], free_memory>;

  /// Where a hash may be, and what tells it from others that may be there.
  struct place {
    std::size_t index;
    std::uint8_t tag;
  };

  /// Entries, then their tags.
  static entries_ptr allocate(std::size_t capacity);
  std::size_t capacity() const noexcept {
    return std::size_t{1} << capacity_log2_;
  }
  /// 0 where the entry is free.
  std::uint8_t* tags() const noexcept {
    return reinterpret_cast<std::uint8_t*>(&entries_[capacity()]);
  }
  place home(const key_hash& hash) const noexcept;
  /// Where `hash` is, or the free place where it belongs.
  place locate(const key_hash& hash) const noexcept;
  bool is_free(place at) const noexcept {
    return tags()[at.index] == 0;
  }
  void put(place at, const entry& known) noexcept;
  void grow();

  std::int64_t start_ms_;
  entries_ptr entries_;
  std::size_t size_ = 0;
  std::uint32_t youngest_offset_ = 0;
  std::uint32_t capacity_log2_;
};

} // namespace holdfast
