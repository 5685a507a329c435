// The memory of keys: which request was answered by which row of the journal.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "holdfast/command.hpp"

namespace holdfast {

/// Where an answer is kept: a row of `events`, or of `answers` for requests
/// that changed nothing. 39 bits of number, one bit of table.
struct answer_slot {
  std::uint64_t number = 0;
  bool in_answers = false;

  bool operator==(const answer_slot&) const = default;
};

/// Sixteen bytes that stand for method, path and key of a request.
struct key_hash {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const key_hash&) const = default;
};

/// SipHash-2-4 with 128 bits (Aumasson and Bernstein) over action, path kind,
/// reservation and key. Store and SKU are left out: the memory is per SKU.
/// `ref` counts only for requests that came by reservation id.
key_hash hash_key(const origin& from, const reservation_ref& ref);

/// A key and its answer, as the journal hands them to a fresh actor.
struct remembered_key {
  key_hash hash;
  answer_slot slot;
  /// When the answer was recorded.
  std::int64_t at_ms = 0;
};

/// Keys of one SKU for `ttl_ms` after their answers, 25 bytes each at a load
/// of at most 3/4. Entries of one span of time share a table, and a table is
/// dropped whole once its youngest entry is too old. Not thread-safe.
class key_memory {
public:
  explicit key_memory(std::int64_t ttl_ms = 300'000);
  key_memory(key_memory&&) noexcept;
  key_memory& operator=(key_memory&&) noexcept;
  ~key_memory();

  /// The slot of a live key. An entry older than the time to live is absent.
  std::optional<answer_slot> find(const key_hash& hash, std::int64_t now_ms);

  /// Asks for the memory that `find` will look into: in a cache it never is.
  void expect(const key_hash& hash) const noexcept;
  /// Asks for what `insert` will write to.
  void expect_insert(const key_hash& hash) const noexcept;

  /// Remembers `hash`; `at_ms` must not be below that of the last insert by
  /// more than the time to live. What is too old by then may be dropped.
  void insert(const key_hash& hash, answer_slot slot, std::int64_t at_ms) {
    insert(hash, slot, at_ms, at_ms);
  }
  /// The same at `now_ms`, if that is before `at_ms`.
  void insert(const key_hash& hash, answer_slot slot, std::int64_t at_ms,
              std::int64_t now_ms);

  /// Drops tables whose entries are all too old; true if none is left.
  bool expire(std::int64_t now_ms);

  std::size_t size() const noexcept;
  std::size_t memory_bytes() const noexcept;

private:
  class table;
  std::int64_t ttl_ms_;
  std::vector<table> tables_; // oldest first
};

} // namespace holdfast
