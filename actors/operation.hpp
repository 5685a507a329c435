// One request on its way: the value that travels from the bridge down to the
// journal and back. Every hop hands on the same object and writes to it only
// while it has it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "actors/disk_stay.hpp"
#include "actors/feed_part.hpp"
#include "actors/interfaces.hpp"
#include "actors/letter_part.hpp"
#include "actors/sku_life.hpp"
#include "holdfast/idempotency.hpp"
#include "holdfast/rules.hpp"

namespace holdfast {

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
  /// Where its key finds its answer: set by the journal writer when it writes
  /// that, by the SKU for errand::replay.
  answer_slot slot;
  /// What happened, for errand::append, by the command in `ask`.
  stock_change change;
};

/// The caller of `op` has gone, and with it whoever would give a permit back.
inline bool is_overdue(const operation& op, operation::clock::time_point now) {
  return op.deadline <= now;
}

/// What comes again under its key is answered as it was.
inline bool is_keyed_write(const operation& op) noexcept {
  return !op.ask.from.key.empty() && is_write(op.ask.from.what);
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
