// Parts of the checker: what there is to say about one SKU. Internal.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/limits.hpp"
#include "src/checker/checker.hpp"

namespace holdfast::checker {

inline constexpr std::size_t nobody = static_cast<std::size_t>(-1);

/// The time of what is not known to have happened.
inline constexpr auto never = std::numeric_limits<std::int64_t>::max();

/// True if `asked` leaves the number open, or is it.
inline bool says(std::int64_t asked, std::int64_t value) {
  return asked == absent || asked == value;
}

/// An answer that a key remembers.
inline bool is_binding(const entry& call) {
  return call.known
         && (call.answer.ok() || is_business_refusal(call.answer.code));
}

/// False for what was turned away: it had no effect, and left no answer.
inline bool may_count(const entry& call) {
  return !call.known || is_binding(call) || leaves_doubt(call.answer.code);
}

/// All tries of what is one request to the server: those with the same key, or
/// the only one without.
struct request {
  std::vector<const entry*> tries; // by call
  /// Its effects, by version; one, unless its key was forgotten in between.
  std::vector<const event*> events;

  /// The first that was not turned away; just the first if all were.
  const entry& first() const {
    for (const auto* call : tries)
      if (may_count(*call))
        return *call;
    return *tries.front();
  }
  std::int64_t first_called_ns() const {
    return first().called_ns;
  }
};

/// An answer that no event explains: some state must.
struct query {
  const entry* call = nullptr;
  const request* of = nullptr;
};

/// One SKU.
struct sku_case {
  std::string store;
  std::string sku;
  std::vector<const entry*> calls;  // by call
  std::vector<const event*> events; // by version
  std::vector<request> requests;    // by first call
  /// Index into `requests` for each event.
  std::vector<std::size_t> author;
  std::vector<query> queries;
  /// Events that told less than there is to know, completed.
  std::deque<event> completed;
  const final_record* end = nullptr;
};

using violations = std::vector<violation>;

/// By store and SKU.
using cases = std::map<std::pair<std::string, std::string>, sku_case>;

/// Sorts everything by what it is about.
cases split(const history& calls, const std::vector<event>& journal,
            const std::vector<final_record>& finals);

/// `{item, "store/sku: text"}`.
violation blame(const sku_case& of, int item, const std::string& text);

/// That `call` was refused for no reason.
std::string tell_groundless(const entry& call);

/// True if `ask` asks for what `change` says.
bool fits(const event& change, const command& ask);

/// The latest moment at which `call` can have been carried out. Whoever was
/// told nothing knows what a node that runs does: it takes so long to read a
/// request, and so long to answer it, though nobody waits any more.
inline std::int64_t done_by_ns(const entry& call) {
  constexpr auto span_ns =
      std::chrono::nanoseconds{limits::read_timeout + limits::request_deadline}
          .count();
  if (call.known)
    return call.returned_ns;
  return call.called_ns > never - span_ns ? never : call.called_ns + span_ns;
}

/// The key may have been forgotten between `one` and the later `other`.
inline bool may_be_forgotten(const entry& one, const entry& other,
                             const terms& with) {
  return done_by_ns(other) - one.called_ns > with.key_ttl_ms * 1'000'000;
}

/// True if `call` may be what made `change`, or have been told of it.
bool may_be_of(const event& change, const entry& call);

/// True if nothing in `seen` contradicts `expected`. An answer that granted or
/// used a hold has to show it.
bool agree(const outcome& seen, const outcome& expected);

/// True if two callers may have been told the same: numbers that either was not
/// told of a refusal are not compared.
bool are_alike(const outcome& one, const outcome& other);

/// True if the bodies are the same, by their digests where both are known.
bool have_same_body(const entry& one, const entry& other);

/// Finds the requests, and the request of each event. Items 1 and 2; leaves
/// the answers without an event as queries.
void attribute(sku_case& of, const terms& with, violations& found);
/// Item 3, and answers that talk about a key. `marks_replays`: answers given
/// before are marked as such.
void check_keys(const sku_case& of, const terms& with, bool marks_replays,
                violations& found);
/// Item 7. Requires versions without gaps. Nothing but expiries may follow the
/// final record.
void check_sums(const sku_case& of, violations& found);

} // namespace holdfast::checker
