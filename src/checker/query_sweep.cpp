#include "src/checker/query_sweep.hpp"

#include <algorithm>
#include <limits>

namespace holdfast::checker {

namespace {

/// When the first try was called that the answer to `call` may have been given
/// to. No key remembers what else is judged.
std::int64_t asked_for(const entry& call, const request& of) {
  if (is_binding(call))
    for (const auto* each : of.tries)
      if (may_count(*each) && have_same_body(*each, call))
        return each->called_ns;
  return call.called_ns;
}

} // namespace

query_sweep::query_sweep(const sku_case& of, const timeline& times,
                         violations& found)
    : of_(of), found_(found) {
  for (const auto& [call, asked] : of_.queries) {
    const auto asked_ns = asked_for(*call, *asked);
    window made{call, asked, asked_ns, times.told_before(asked_ns),
                times.possible_at(call->returned_ns)};
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

void query_sweep::open(const window& next) {
  const auto place = std::upper_bound(
      open_.begin(), open_.end(), next.asked_ns,
      [](std::int64_t at, const auto& each) { return at < each.asked_ns; });
  open_.insert(place, next);
}

/// What a key remembers is the answer to whichever try came first: conditions
/// in the head of a request are no part of its body, and may have been others.
bool query_sweep::explains(const model& state, const window& each) {
  const auto& call = *each.call;
  const auto is_answer_to = [&](const command& ask) {
    return agree(call.answer, state.judge(ask, 0));
  };
  return is_answer_to(call.ask)
         || std::any_of(each.of->tries.begin(), each.of->tries.end(),
                        [&](const auto* other) {
                          return other != &call
                                 && other->called_ns <= call.returned_ns
                                 && may_count(*other)
                                 && have_same_body(*other, call)
                                 && is_answer_to(other->ask);
                        });
}

void query_sweep::settle(const model& state, const deadlines& ends,
                         std::uint64_t version) {
  for (; next_ < windows_.size() && windows_[next_].first <= version; ++next_)
    open(windows_[next_]);
  auto waits_since = std::numeric_limits<std::int64_t>::max();
  std::erase_if(open_, [&](const window& each) {
    const auto wrong = !explains(state, each)         ? flaw::differs
                       : ends.are_over(each.asked_ns) ? flaw::overdue
                                                      : flaw::none;
    if (wrong == flaw::none && each.asked_ns <= waits_since)
      return true;
    if (version >= each.last) {
      blame(each, version, wrong);
      return true;
    }
    waits_since = std::min(waits_since, each.call->returned_ns);
    return false;
  });
}

void query_sweep::blame(int item, std::uint64_t version,
                        const std::string& why) {
  found_.push_back(
      checker::blame(of_, item, "version " + std::to_string(version) + why));
}

void query_sweep::blame(const window& each, std::uint64_t version, flaw why) {
  const auto& call = *each.call;
  const auto to =
      std::string{call.answer.ok() ? "ok" : to_string(call.answer.code)}
      + " to client " + std::to_string(call.client);
  const auto acknowledged = call.answer.ok() && is_write(call.ask.from.what);
  switch (why) {
  case flaw::none:
    blame(6, version, " was told as " + to + " after a later one was");
    break;
  case flaw::differs:
    blame(acknowledged ? 1 : 5, version, " does not explain the answer " + to);
    break;
  case flaw::overdue:
    blame(5, version, " has a hold that was due, and was told as " + to);
    break;
  }
}

} // namespace holdfast::checker
