#include "src/checker/claim.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

#include "src/checker/timeline.hpp"

namespace holdfast::checker {

namespace {

bool names(const etag_condition& condition, std::uint64_t version) {
  const auto& all = condition.versions;
  return std::find(all.begin(), all.end(), version) != all.end();
}

/// What `ask` says there must be was there before `change`.
bool is_allowed(const event& change, const command& ask) {
  using kind = etag_condition::kind;
  const auto before = change.after.version - 1;
  if (ask.expected_version != absent
      && ask.expected_version != static_cast<std::int64_t>(before))
    return false;
  if (ask.if_match.is != kind::none && before == 0)
    return false;
  if (ask.if_match.is == kind::list && !names(ask.if_match, before))
    return false;
  return before == 0 || ask.if_none_match.is == kind::none
         || (ask.if_none_match.is == kind::list
             && !names(ask.if_none_match, before));
}

/// As far as the event tells it.
bool is_so_much(const event& change, const command& ask) {
  if (change.type == event_type::stock_released)
    return says(ask.amount, -change.reserved_delta);
  if (change.type == event_type::stock_committed)
    return says(ask.amount, -change.delta);
  if (change.hold.quantity == 0 || ask.ttl_s == absent)
    return true;
  return change.hold.expires_at_ms - change.after.updated_at_ms
         == 1'000 * ask.ttl_s;
}

bool is_for(const event& change, const command& ask) {
  return change.type != event_type::stock_reserved || change.hold.quantity == 0
         || change.hold.owner == ask.owner;
}

/// It leaves other events to other questions.
bool is_narrow(const event& change, const command& ask) {
  using kind = etag_condition::kind;
  const auto takes_all = change.type == event_type::stock_released
                         || change.type == event_type::stock_committed;
  return ask.expected_version != absent || ask.if_match.is == kind::list
         || ask.if_none_match.is == kind::any
         || (takes_all && ask.amount != absent);
}

} // namespace

bool names_somebody(const origin& from) {
  return !from.key.empty() || !from.reason.empty() || !from.reference.empty()
         || !from.actor.empty() || from.by_reservation
         || from.fingerprint != digest{};
}

bool is_of_letter(const std::string& key) {
  constexpr std::string_view made = "dead-letter-";
  return key.starts_with(made) && key.size() > made.size()
         && key.find_first_not_of("0123456789", made.size())
                == std::string::npos;
}

std::vector<std::int64_t> first_told(const sku_case& of) {
  std::vector<std::int64_t> made(of.events.size() + 2,
                                 std::numeric_limits<std::int64_t>::max());
  for (const auto* call : of.calls) {
    if (!call->known)
      continue;
    auto& first = made[std::min<std::uint64_t>(version_in(call->answer),
                                               made.size() - 1)];
    first = std::min(first, call->returned_ns);
  }
  for (auto i = made.size() - 1; i > 0; --i)
    made[i - 1] = std::min(made[i - 1], made[i]);
  return made;
}

choice::claim choice::claim_of(const entry& call) const {
  const auto& ask = call.ask;
  if (!fits(change_, ask))
    return claim::none;
  if (call.known && call.answer.ok()
      && call.answer.record.version == change_.after.version)
    return claim::told;
  if (call.known || call.called_ns > known_ns_ || !is_allowed(change_, ask)
      || !is_so_much(change_, ask) || !is_for(change_, ask))
    return claim::odd;
  return is_narrow(change_, ask) ? claim::exact : claim::open;
}

choice::claim choice::claim_of(const request& of) const {
  auto best = claim::none;
  for (const auto* call : of.tries)
    best = std::max(best, claim_of(*call));
  const auto is_another = !of.events.empty() && best != claim::told;
  return is_another ? std::min(best, claim::again) : best;
}

void choice::offer(std::size_t which) {
  const auto& candidate = of_.requests[which];
  const auto has = claim_of(candidate);
  const auto is_earlier = likeliest_ != nobody
                          && candidate.first_called_ns()
                                 < of_.requests[likeliest_].first_called_ns();
  if (has < most_ || has == claim::none || (has == most_ && !is_earlier))
    return;
  most_ = has;
  likeliest_ = which;
}

} // namespace holdfast::checker
