// The rules of stock: pure functions, no clock, no I/O, no actor.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "holdfast/outcome.hpp"

namespace holdfast {

/// What the surroundings tell a decision.
struct circumstances {
  /// Milliseconds since the epoch, by the owner's clock, never going back.
  std::int64_t now_ms = 0;
  /// Hold time of a reservation that names none.
  std::int64_t default_ttl_s = 900;
};

/// The command names a reservation that is no longer live here: the journal
/// knows how it ended, and `judge_closed` answers from that.
struct closed_query {};

/// A change to record, an answer that changes nothing (a refusal, a read, or
/// the same thing done twice), or a question to the journal.
using decision = std::variant<stock_change, outcome, closed_query>;

/// Events that must be recorded before anything else is decided at `now_ms`:
/// one `reservation_expired` for each hold that is past its time, soonest
/// first, each with a version of its own, up to `expiries_max` at a time. A
/// hold whose grant has no sequence number yet was never answered and waits.
std::vector<event> due_expiries(const stock& now, const origin& of,
                                std::int64_t now_ms);

/// Judges `cmd` against `now`. Order of judgement: preconditions (412), then
/// existence (404), then `expectedVersion` (409), then the rule of the action.
/// Requires that nothing is due at `at.now_ms`.
decision decide(const stock& now, const command& cmd, const circumstances& at);

/// The same for a read of the record, which asks for nothing else.
outcome judge_read(const balances& now, const command& cmd);

/// Judges a command about a reservation that ended with `closing`: the same
/// thing again is the stored outcome, the other thing `reservation_closed`,
/// another SKU's reservation `reservation_not_found`. `record` of the answer
/// is the caller's to fill in.
outcome judge_closed(const command& cmd, const event& closing);

/// Folds `change` into `now`. Total on changes that `decide` made for `now`.
/// Requires `change.after.version == now.now.version + 1`.
void apply(stock& now, const stock_change& change);

/// The journal numbered the event that granted a hold; later events of that
/// hold carry the number.
void note_grant_seq(stock& now, std::uint64_t grant_version,
                    std::uint64_t grant_seq);

/// Describes the first broken invariant of `now`, or nothing: `reserved` is
/// the sum of the live holds, every balance is in range, the two indexes of
/// the holds agree. `on_hand - reserved >= -backorder_limit` is the rules' to
/// keep at each step.
const char* broken_invariant(const stock& now);

} // namespace holdfast
