// What the state of a SKU actor and the journal writer know of each other.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>

#include "holdfast/error_code.hpp"
#include "holdfast/idempotency.hpp"

namespace holdfast {

/// What a SKU actor has to learn of an operation that it handed on. It does so
/// with its next message, which may be long after the answer left: an operation
/// ends with its answer all the same, and its memory is the next one's while it
/// is in the cache yet. Each has a cache line of its own, for the journal
/// writer runs on another processor.
struct alignas(64) receipt {
  /// Key under which it runs, valid where the writer leaves a `slot`.
  key_hash hash;
  /// Version of the hold that it grants, or 0.
  std::uint64_t grant_version = 0;
  /// It ends as many holds as one operation may.
  bool is_full_portion = false;

  // What the journal writer leaves, once everything is durable.
  std::atomic<bool> settled{false};
  /// Of the row that its key answers with from now on; empty if there is none.
  answer_slot slot;
  std::int64_t at_ms = 0;
  /// Of its event, if it has one.
  std::uint64_t seq = 0;
};

/// One life of a SKU actor's state, from load to load. The journal writer
/// dooms it when a transaction with events of it was rolled back, or its lease
/// is lost: what was decided on top of them must not be written, and the actor
/// loads anew.
struct sku_life {
  /// `none` while it is good, then what its operations are refused with. Not
  /// beside the count of who has this, which changes on another processor than
  /// the one that looks here for each operation.
  alignas(64) std::atomic<error_code> doom{error_code::none};
  /// Token of the lease it is under; 0 where nobody shares the journal.
  std::uint64_t token = 0;
  /// The last transaction that looked whether the token is still the newest.
  /// The journal writer's own.
  std::uint64_t confirmed_in = 0;
  /// When its actor had what it begins with, in milliseconds; 0 before that.
  /// The journal writer's own.
  std::int64_t began_ms = 0;
  /// Of what is at the journal writer, and was not seen settled yet; oldest
  /// first. The SKU actor's own, but for what the writer leaves there; so not
  /// on the line that the writer looks at.
  alignas(64) std::deque<receipt> open;

  bool is_doomed() const noexcept {
    return doom.load(std::memory_order_relaxed) != error_code::none;
  }
};

} // namespace holdfast
