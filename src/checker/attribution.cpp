// Who asked for which event.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "src/checker/claim.hpp"
#include "src/checker/model.hpp"

namespace holdfast::checker {

namespace {

/// What a key names: action, path, key.
using scope = std::tuple<action, bool, std::uint64_t, std::string>;

scope scope_of(const origin& from, const reservation_ref& ref,
               bool by_reservation) {
  return {from.what, by_reservation, by_reservation ? ref.grant_seq : 0,
          from.key};
}

class attribution {
public:
  attribution(sku_case& of, const terms& with, violations& found)
      : of_(of), with_(with), found_(found) {
    // nop
  }

  void run() {
    collect_requests();
    known_ = first_told(of_);
    for (const auto* change : of_.events) {
      const auto author = author_of(*change);
      of_.author.push_back(author);
      if (author != nobody)
        of_.requests[author].events.push_back(change);
    }
    for (const auto& each : of_.requests)
      for (const auto* call : each.tries)
        check_answer(each, *call);
  }

private:
  void collect_requests();
  std::size_t author_of(const event& change);
  choice chosen_for(const event& change) const {
    return {of_, change,
            known_[std::min<std::uint64_t>(change.after.version,
                                           known_.size() - 1)]};
  }
  std::size_t keyed_author(const event& change) const;
  std::size_t keyless_author(const event& change);
  std::size_t untold_author(const event& change);
  void check_answer(const request& of, const entry& call);
  void blame(int item, const event& change, const char* why) {
    found_.push_back(checker::blame(
        of_, item, "version " + std::to_string(change.after.version) + why));
  }

  sku_case& of_;
  const terms& with_;
  violations& found_;
  std::vector<std::int64_t> known_; // by version
  std::map<scope, std::size_t> by_key_;
  /// Keyless writes by the version they were told, or else by their action
  /// and reference.
  std::multimap<std::uint64_t, std::size_t> by_version_;
  std::map<std::pair<action, std::string>, std::vector<std::size_t>> unknown_;
  /// Keys of dead letters; each is carried out once.
  std::set<std::string> letters_;
};

void attribution::collect_requests() {
  for (const auto* call : of_.calls) {
    const auto& from = call->ask.from;
    const auto next = of_.requests.size();
    if (!is_write(from.what) || from.key.empty()) {
      of_.requests.push_back({{call}, {}});
      if (is_write(from.what) && !call->known)
        unknown_[{from.what, from.reference}].push_back(next);
      else if (is_write(from.what) && call->answer.ok())
        by_version_.emplace(call->answer.record.version, next);
      continue;
    }
    const auto [place, is_new] = by_key_.emplace(
        scope_of(from, call->ask.reservation, from.by_reservation), next);
    if (is_new)
      of_.requests.push_back({});
    of_.requests[place->second].tries.push_back(call);
  }
}

std::size_t attribution::author_of(const event& change) {
  const auto& from = change.from;
  if (change.type == event_type::reservation_expired) {
    if (names_somebody(from))
      blame(2, change, " is an expiry, and says that it was asked for");
    return nobody;
  }
  auto author =
      from.key.empty() ? keyless_author(change) : keyed_author(change);
  if (author == nobody && is_of_letter(from.key)
      && letters_.insert(from.key).second)
    author = untold_author(change);
  if (author == nobody) {
    blame(2, change, " was not asked for");
    return nobody;
  }
  const auto& tries = of_.requests[author].tries;
  const auto all_refused =
      std::all_of(tries.begin(), tries.end(), [&](const auto* call) {
        return !fits(change, call->ask) || (call->known && !call->answer.ok());
      });
  if (all_refused)
    blame(2, change, " was refused");
  return author;
}

/// A dump need not say that a request came by reservation id, and one key may
/// be used by both paths.
std::size_t attribution::keyed_author(const event& change) const {
  auto chosen = chosen_for(change);
  for (const auto by_id :
       {change.from.by_reservation, !change.from.by_reservation}) {
    const auto found =
        by_key_.find(scope_of(change.from, change.hold.ref, by_id));
    if (found != by_key_.end())
      chosen.offer(found->second);
    if (change.from.by_reservation && chosen.likeliest() != nobody)
      break;
  }
  return chosen.likeliest();
}

std::size_t attribution::keyless_author(const event& change) {
  const auto free_and_fit = [&](std::size_t at) {
    const auto& candidate = of_.requests[at];
    return candidate.events.empty()
           && fits(change, candidate.tries.front()->ask);
  };
  const auto [first, last] = by_version_.equal_range(change.after.version);
  for (auto each = first; each != last; ++each)
    if (free_and_fit(each->second))
      return each->second;
  return untold_author(change);
}

/// Of those without a key whose caller was told nothing.
std::size_t attribution::untold_author(const event& change) {
  auto& waiting = unknown_[{change.from.what, change.from.reference}];
  auto chosen = chosen_for(change);
  for (const auto each : waiting)
    chosen.offer(each);
  std::erase(waiting, chosen.likeliest());
  return chosen.likeliest();
}

void attribution::check_answer(const request& of, const entry& call) {
  const auto code = call.known ? call.answer.code : error_code::none;
  if (!may_be_refused_as(code, call.ask))
    return found_.push_back(checker::blame(of_, 5, tell_groundless(call)));
  // A count that has to say what it replaces is told what there is.
  if (!is_binding(call) && code != error_code::precondition_required)
    return;
  const auto& from = call.ask.from;
  if (!call.answer.ok() || !is_write(from.what)) {
    of_.queries.push_back({&call, &of});
    return;
  }
  const auto version = call.answer.record.version;
  if (std::any_of(of.events.begin(), of.events.end(), [&](auto* change) {
        return change->after.version == version && fits(*change, call.ask);
      }))
    return;
  // The same thing done twice makes no second event. What has one is told it,
  // until the key is forgotten.
  const auto may_repeat =
      (from.what == action::release || from.what == action::commit)
      && (of.events.empty() || may_be_forgotten(of.first(), call, with_));
  if (may_repeat && version <= of_.events.size())
    of_.queries.push_back({&call, &of});
  else
    found_.push_back(checker::blame(
        of_, 1,
        "version " + std::to_string(version) + " was acknowledged to client "
            + std::to_string(call.client) + " and is not its own"));
}

} // namespace

void attribute(sku_case& of, const terms& with, violations& found) {
  attribution{of, with, found}.run();
}

} // namespace holdfast::checker
