// Everything once more, one at a time, against the model and the clock.
#include <algorithm>

#include "src/checker/model.hpp"
#include "src/checker/sku_case.hpp"
#include "src/checker/timeline.hpp"

namespace holdfast::checker {

namespace {

/// What the caller of `change` is to be told.
outcome facts_of(const event& change) {
  outcome made;
  made.has_record = true;
  made.record = change.after;
  made.has_hold = change.has_hold();
  made.hold = change.hold;
  return made;
}

/// A query and the versions that may explain it.
struct window {
  const entry* call = nullptr;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

class replayer {
public:
  replayer(const sku_case& of, const terms& with, violations& found)
      : of_(of), found_(found), times_(of), state_(with.default_ttl_s) {
    // nop
  }

  void run() {
    open_windows();
    auto next = windows_.begin();
    for (std::uint64_t version = 0; version <= of_.events.size(); ++version) {
      if (version > 0)
        check_event(version);
      for (; next != windows_.end() && next->first <= version; ++next)
        open_.push_back(*next);
      std::erase_if(
          open_, [&](const window& each) { return is_settled(each, version); });
    }
  }

private:
  void open_windows();
  void check_event(std::uint64_t version);
  outcome check_author(const request& by, const event& change);
  void check_overdue(const request& by, const event& change);
  bool is_settled(const window& each, std::uint64_t version);
  void blame(int item, std::uint64_t version, const std::string& why) {
    found_.push_back(
        checker::blame(of_, item, "version " + std::to_string(version) + why));
  }

  const sku_case& of_;
  violations& found_;
  timeline times_;
  model state_;
  std::vector<window> windows_;
  std::vector<window> open_;
};

void replayer::open_windows() {
  for (const auto& [call, of] : of_.queries) {
    window made{call, times_.told_before(of->first_called_ns()),
                times_.possible_at(call->returned_ns)};
    // An answer nobody can explain was blamed for its version already.
    made.first = std::min<std::uint64_t>(made.first, of_.events.size());
    if (const auto seen = version_in(call->answer)) {
      if (seen < made.first)
        blame(6, seen, " was read after a later one was known");
      if (seen > made.last)
        blame(6, seen, " was seen before it could exist");
      if (seen > of_.events.size())
        continue;
      made.first = made.last = seen;
    }
    windows_.push_back(made);
  }
  std::stable_sort(
      windows_.begin(), windows_.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
}

bool replayer::is_settled(const window& each, std::uint64_t version) {
  const auto& call = *each.call;
  const auto expected = state_.judge(call.ask, 0);
  if (agree(call.answer, expected))
    return true;
  if (version < each.last)
    return false;
  const auto acknowledged = call.answer.ok() && is_write(call.ask.from.what);
  blame(acknowledged ? 1 : 5, version,
        " does not explain the answer "
            + std::string{call.answer.ok() ? "ok" : to_string(call.answer.code)}
            + " to client " + std::to_string(call.client));
  return true;
}

/// A hold that was past its time, and known to the journal, had to go first.
void replayer::check_overdue(const request& by, const event& change) {
  for (const auto& [expires_at_ms, grant] : state_.due()) {
    if (expires_at_ms > change.after.updated_at_ms)
      return;
    if (times_.acknowledged_ns(grant) < by.first_called_ns())
      blame(5, change.after.version, " met an expired hold and left it");
  }
}

void replayer::check_event(std::uint64_t version) {
  const auto& change = *of_.events[version - 1];
  const auto at_ms = change.after.updated_at_ms;
  const auto author = of_.author[version - 1];
  if (at_ms < state_.record().updated_at_ms)
    blame(5, version, " went back in time");
  outcome expected;
  if (change.type == event_type::reservation_expired) {
    expected = state_.expire(change.hold.ref, at_ms);
    if (change.hold.expires_at_ms > at_ms)
      blame(5, version, " expired a hold too early");
  } else if (author != nobody) {
    expected = check_author(of_.requests[author], change);
  }
  const auto is_known =
      author != nobody || change.type == event_type::reservation_expired;
  if (is_known && !agree(facts_of(change), expected))
    blame(5, version, " is not what the rules make of its command");
  state_.apply(change);
}

outcome replayer::check_author(const request& by, const event& change) {
  const auto version = change.after.version;
  if (times_.told_before(by.first_called_ns()) >= version)
    blame(6, version, " was known before it was asked for");
  check_overdue(by, change);
  const entry* asked = nullptr;
  for (const auto* call : by.tries) {
    if (!fits(change, call->ask))
      continue;
    asked = call;
    if (call->known && call->answer.ok()
        && call->answer.record.version == version
        && !agree(call->answer, facts_of(change)))
      blame(5, version, " was told otherwise to its caller");
  }
  auto expected = state_.judge(asked->ask, change.after.updated_at_ms);
  if (change.type == event_type::stock_reserved)
    expected.hold.ref.grant_seq = change.seq;
  return expected;
}

} // namespace

void replay(const sku_case& of, const terms& with, violations& found) {
  replayer{of, with, found}.run();
}

} // namespace holdfast::checker
