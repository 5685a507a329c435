// One request on its way: the value that travels from the bridge down to the
// journal and back. Every hop hands on the same object and writes to it only
// while it has it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "actors/disk_stay.hpp"
#include "actors/feed_part.hpp"
#include "actors/interfaces.hpp"
#include "actors/letter_part.hpp"
#include "holdfast/idempotency.hpp"
#include "holdfast/rules.hpp"

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

/// What the journal writer does with an operation before it is answered.
enum class errand : std::uint8_t {
  /// Not decided yet: on its way to the SKU.
  none,
  /// Write `expired` and `change`.
  append,
  /// Write `expired`; the answer is decided and leaves after what it saw.
  barrier,
  /// Like `barrier`, and the answer itself is remembered under its key.
  remember,
  /// Find the answer in row `slot`, and compare the fingerprints.
  replay,
  /// Ask how the reservation ended, then answer (and remember, with a key).
  closed,
  /// Read one page of the feed into `feed->page`.
  feed,
  /// Answer a read from what is durable, without a lease.
  look,
  /// Keep the snapshot, if any, and give the lease of the SKU up.
  give_up,
  /// Its handling threw each time: keep it as a dead letter.
  bury,
  /// Read a page of dead letters, or one of them, or delete it.
  list_letters,
  find_letter,
  drop_letter,
  /// Not at the journal yet: look the letter up and do what it says.
  retry_letter,
};

/// A request and all that becomes of it. Owned by whoever holds the message it
/// is in; written by one actor at a time. Only the atomic members are shared.
struct operation {
  using clock = std::chrono::steady_clock;
  /// Tells the time: that of `clock`, unless a simulation makes its own.
  using now_function = std::function<clock::time_point()>;

  /// Sets its members and no more: where the compiler makes this constructor,
  /// `make_shared` has all the memory zeroed first, for each request.
  operation() noexcept {
    // nop
  }
  explicit operation(command&& question) noexcept : ask(std::move(question)) {
    // nop
  }

  // The journal writer runs on another processor. What it writes to is a cache
  // line that travels there and back, and a count that callers and SKUs change
  // together is dear on such a line: hence the order of these.

  // -- its caller's -----------------------------------------------------------
  /// Pending entry at the bridge that sent it.
  std::uint64_t ticket = 0;
  clock::time_point deadline = clock::time_point::max();
  /// Holds a permit of the bulkhead. Whoever turns it back to false reports
  /// the permit: the bridge with the answer, or with the deadline.
  std::atomic<bool> admitted{false};
  /// Passed the breaker, which has not been told how it ended.
  std::atomic<bool> passed{false};
  /// Had a permit here and left for another node: see `departures`.
  std::atomic<bool> has_left{false};
  /// A count that did not say what it replaces. It travels as a read, and its
  /// refusal names the version that was found.
  bool is_blind = false;
  /// When the caller may come back, in seconds; 0 for the code's default.
  std::uint32_t retry_after_s = 0;
  /// How often it was tried again because its handling threw.
  std::uint32_t attempts = 0;
  /// Only for errand::feed.
  std::unique_ptr<feed_part> feed;
  /// What is told, where `change` does not tell it: see `answer_of`.
  std::optional<outcome> answer;

  // -- the question, and what came of it --------------------------------------
  command ask;
  /// Who gets the answer; nobody for what a SKU does of its own accord.
  answer_actor reply_to;
  /// Hash of the key, valid while `ask.from.key` is not empty.
  key_hash hash;
  std::shared_ptr<sku_life> life;
  /// In `life`; null if nobody wants to know.
  receipt* settlement = nullptr;
  /// Expiries this operation met; recorded before anything else of it.
  std::vector<event> expired;
  /// State after this operation, to be kept as a snapshot; usually none.
  std::unique_ptr<stock> snapshot;
  /// Only if dead letters are concerned.
  std::unique_ptr<letter_part> letter;

  // -- what the journal writer turns over, most often -------------------------
  /// Has a place at the disk.
  disk_stay at_disk;
  errand todo = errand::none;
  /// When it was decided, by the owner's clock.
  std::int64_t at_ms = 0;
  answer_slot slot;
  /// What happened, for errand::append, by the command in `ask`.
  stock_change change;
};

/// The caller of `op` has gone, and with it whoever would give a permit back.
inline bool is_overdue(const operation& op, operation::clock::time_point now) {
  return op.deadline <= now;
}

/// Why `op` was refused; `none` if it was not.
inline error_code code_of(const operation& op) noexcept {
  return op.answer ? op.answer->code : error_code::none;
}

inline bool is_ok(const operation& op) noexcept {
  return code_of(op) == error_code::none;
}

/// What the caller of `op` is told. That of an event is made of it, by whoever
/// tells it: to keep both would be cache lines that everybody carries along.
inline outcome answer_of(const operation& op) {
  if (op.answer)
    return *op.answer;
  return op.todo == errand::append ? outcome_of(op.change) : outcome{};
}

using operation_ptr = std::shared_ptr<operation>;
using operations = std::vector<operation_ptr>;

} // namespace holdfast
