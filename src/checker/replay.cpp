// Everything once more, one at a time, against the model and the clock.
#include "src/checker/replay.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "src/checker/model.hpp"
#include "src/checker/query_sweep.hpp"

namespace holdfast::checker {

namespace {

/// What the caller of `change` is to be told.
outcome facts_of(const event& change) {
  outcome made;
  made.created =
      change.type == event_type::stock_counted && change.after.version == 1;
  made.has_record = true;
  made.record = change.after;
  made.has_hold = change.has_hold();
  made.hold = change.hold;
  return made;
}

/// The hold of `change`. An event that names it and tells no more of it, as
/// those of a feed do, leaves the rest to the rules.
reservation hold_after(const event& change, const outcome& expected) {
  if (!change.has_hold() || change.hold.quantity != 0 || !expected.has_hold)
    return change.hold;
  auto hold = expected.hold;
  hold.ref = change.hold.ref;
  return hold;
}

bool explains(const outcome& expected, const event& change) {
  auto facts = facts_of(change);
  facts.hold = hold_after(change, expected);
  return agree(facts, expected);
}

/// Whether an event can be what came of a try, as far as its caller knows.
enum class chance : std::uint8_t { told_so, open, refused };

chance chance_of(const entry& call) {
  if (!call.known)
    return chance::open;
  return call.answer.ok() ? chance::told_so : chance::refused;
}

class replayer {
public:
  replayer(sku_case& of, const timeline& times, const surroundings& in,
           violations& found)
      : of_(of), found_(found), times_(times), rest_ns_(in.rest_ns),
        state_(in.with.default_ttl_s, in.with.is_http), ends_(times, in) {
    // nop
  }

  void run() {
    query_sweep queries{of_, times_, found_};
    queries.settle(state_, ends_, 0);
    check_final(0);
    for (std::uint64_t version = 1; version <= of_.events.size(); ++version) {
      check_event(version);
      queries.settle(state_, ends_, version);
      check_final(version);
    }
  }

private:
  void check_final(std::uint64_t version);
  void check_event(std::uint64_t version);
  const event& whole(const event& change, const outcome& expected);
  outcome expect(const request& by, const event& change) const;
  void check_answers(const request& by, const event& change);
  void check_overdue(const event& change);
  void blame(int item, std::uint64_t version, const std::string& why) {
    found_.push_back(
        checker::blame(of_, item, "version " + std::to_string(version) + why));
  }

  sku_case& of_;
  violations& found_;
  const timeline& times_;
  std::int64_t rest_ns_;
  model state_;
  deadlines ends_;
};

/// A hold that was past its time, and known to the journal, had to go first.
void replayer::check_overdue(const event& change) {
  const auto version = change.after.version;
  const auto asked_ns = times_.asked_ns(version);
  if (ends_.are_over(asked_ns))
    return blame(5, version,
                 " was asked for after a hold was due, and left it");
  for (const auto& [expires_at_ms, grant] : state_.due()) {
    if (expires_at_ms > change.after.updated_at_ms)
      return;
    // Who uses a hold has been told of it.
    if (change.hold.ref.grant_version == grant
        || times_.acknowledged_ns(grant) < asked_ns)
      blame(5, version, " met an expired hold and left it");
  }
}

/// It was read after everything else.
void replayer::check_final(std::uint64_t version) {
  if (of_.end == nullptr || of_.end->record.version != version)
    return;
  if (ends_.are_over(rest_ns_))
    blame(5, version, " is the last that was read, with a hold that was due");
  constexpr auto end_of_time = std::numeric_limits<std::int64_t>::max();
  const auto last = std::min<std::uint64_t>(times_.told_before(end_of_time),
                                            of_.events.size());
  if (last > version)
    blame(6, version, " is the last that was read, and a later one was told");
}

void replayer::check_event(std::uint64_t version) {
  const auto& told = *of_.events[version - 1];
  const auto at_ms = told.after.updated_at_ms;
  const auto author = of_.author[version - 1];
  const auto is_expiry = told.type == event_type::reservation_expired;
  if (at_ms < state_.record().updated_at_ms)
    blame(5, version, " went back in time");
  outcome expected;
  if (is_expiry)
    expected = state_.expire(told.hold.ref, at_ms);
  else if (author != nobody)
    expected = expect(of_.requests[author], told);
  const auto& change = whole(told, expected);
  if (is_expiry && change.hold.expires_at_ms > at_ms)
    blame(5, version, " expired a hold too early");
  else if (is_expiry && ends_.is_early(change))
    blame(5, version, " expired a hold too early for those who held it");
  if (!is_expiry && author != nobody)
    check_answers(of_.requests[author], change);
  if ((is_expiry || author != nobody) && !agree(facts_of(change), expected))
    blame(5, version, " is not what the rules make of its command");
  state_.apply(change);
  ends_.apply(change);
}

const event& replayer::whole(const event& change, const outcome& expected) {
  const auto hold = hold_after(change, expected);
  if (hold == change.hold)
    return change;
  auto& made = of_.completed.emplace_back(change);
  made.hold = hold;
  of_.events[change.after.version - 1] = &made;
  return made;
}

/// Tries with one key may ask for different things, and only a digest tells
/// which of them an event is about: the likeliest that explains it counts.
outcome replayer::expect(const request& by, const event& change) const {
  std::optional<outcome> likeliest;
  for (const auto each : {chance::told_so, chance::open, chance::refused})
    for (const auto* call : by.tries) {
      if (chance_of(*call) != each || !fits(change, call->ask))
        continue;
      auto expected = state_.judge(call->ask, change.after.updated_at_ms);
      if (change.type == event_type::stock_reserved)
        expected.hold.ref.grant_seq = change.seq;
      if (explains(expected, change))
        return expected;
      if (!likeliest)
        likeliest = std::move(expected);
    }
  return *likeliest;
}

void replayer::check_answers(const request& by, const event& change) {
  const auto version = change.after.version;
  if (times_.told_before(times_.asked_ns(version)) >= version)
    blame(6, version, " was known before it was asked for");
  if (ends_.is_dated_back(change))
    blame(5, version, " is dated before what was known when it was asked for");
  check_overdue(change);
  for (const auto* call : by.tries)
    if (fits(change, call->ask) && call->known && call->answer.ok()
        && call->answer.record.version == version
        && !agree(call->answer, facts_of(change)))
      blame(5, version, " was told otherwise to its caller");
}

} // namespace

void replay(sku_case& of, const timeline& times, const surroundings& in,
            violations& found) {
  replayer{of, times, in, found}.run();
}

} // namespace holdfast::checker
