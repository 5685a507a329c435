#include "src/cli/check_grounds.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace holdfast::cli {

namespace {

class ground_report {
public:
  /// `part`: what of the item, if not all of it.
  void tell_if(bool is_missing, int item, const std::string& why,
               const std::string& part = {}) {
    if (is_missing)
      lines_.emplace(item, "item " + std::to_string(item) + ": not checked"
                               + (part.empty() ? "" : ' ' + part) + ", " + why);
  }
  std::vector<std::string> take() const {
    std::vector<std::string> all;
    for (const auto& [item, line] : lines_)
      all.push_back(line);
    return all;
  }

private:
  /// By item, those of one as they came.
  std::multimap<int, std::string> lines_;
};

bool has_answer(const checker::entry& call) {
  return call.known;
}

bool is_acknowledged(const checker::entry& call) {
  return call.known && call.answer.ok() && is_write(call.ask.from.what);
}

bool has_key(const checker::entry& call) {
  return !call.ask.from.key.empty();
}

bool is_marked(const checker::entry& call) {
  return call.known && call.answer.replayed;
}

template <class Is>
bool has_any(const checker::history& of, Is is) {
  return std::any_of(of.begin(), of.end(), is);
}

/// Some key has several tries.
bool has_retries(const checker::history& of) {
  std::set<std::tuple<std::string, std::string, action, std::string>> keys;
  return has_any(of, [&](const auto& call) {
    const auto& from = call.ask.from;
    return !from.key.empty()
           && !keys.emplace(from.store, from.sku, from.what, from.key).second;
  });
}

bool has_holds(const std::vector<event>& of) {
  return std::any_of(of.begin(), of.end(), [](const auto& change) {
    return change.type == event_type::stock_reserved;
  });
}

/// There are events of what nobody was recorded to have called.
bool has_others(const history::told& of) {
  std::set<std::pair<std::string, std::string>> called;
  for (const auto& call : of.calls)
    called.emplace(call.ask.from.store, call.ask.from.sku);
  return std::any_of(of.journal.begin(), of.journal.end(), [&](auto& change) {
    return !called.contains({change.from.store, change.from.sku});
  });
}

/// Some node with tokens has no lease.
bool lacks_leases(const history::told& of) {
  const std::set<std::string> known(of.tenure_nodes.begin(),
                                    of.tenure_nodes.end());
  return std::any_of(of.owner_nodes.begin(), of.owner_nodes.end(),
                     [&](const auto& node) { return !known.contains(node); });
}

/// Of what callers were told.
void tell_of_calls(const history::told& of, ground_report& made) {
  const auto no_calls = of.calls.empty();
  const auto no_answers = !no_calls && !has_any(of.calls, has_answer);
  made.tell_if(no_calls, 1, "no call");
  made.tell_if(!no_calls && !has_any(of.calls, is_acknowledged), 1,
               "no change that was acknowledged");
  made.tell_if(!has_any(of.calls, has_key), 3, "no call with a key");
  made.tell_if(!has_any(of.calls, is_marked) && has_retries(of.calls), 3,
               "no answer with a mark", "for answers that were given before");
  made.tell_if(no_calls, 5, "no call");
  made.tell_if(no_answers, 5, "no answer", "against what was told");
  made.tell_if(no_calls, 6, "no call");
  made.tell_if(no_answers, 6, "no answer");
}

/// Of what happened.
void tell_of_events(const history::told& of, ground_report& made) {
  const auto no_events = of.journal.empty();
  const auto no_owners = of.owners.empty();
  const auto has_part = !no_events && of.is_part;
  const auto leaves_out = has_part && has_others(of);
  made.tell_if(no_events, 2, "no event");
  made.tell_if(leaves_out, 2, "part of a history", "for SKUs without calls");
  made.tell_if(no_events, 4, "no event");
  made.tell_if(has_part, 4, "part of a history", "for gaps in seq");
  made.tell_if(!of.with.is_real_time && has_holds(of.journal), 5,
               "no expiryToleranceMs", "for holds by the time of callers");
  made.tell_if(leaves_out, 7, "part of a history", "for SKUs without calls");
  made.tell_if(of.finals.empty(), 7, "no final record",
               "against what was read in the end");
  made.tell_if(of.central.empty(), 7, "no central record",
               "against the central view");
  made.tell_if(no_owners, 8, "no event with a token");
  made.tell_if(!no_owners && of.owners.size() < of.journal.size(), 8,
               "no token", "for some events");
  made.tell_if(lacks_leases(of), 8, "no lease",
               "for what was granted and not used");
}

} // namespace

std::vector<std::string> missing_grounds(const history::told& of) {
  ground_report made;
  tell_of_calls(of, made);
  tell_of_events(of, made);
  return made.take();
}

} // namespace holdfast::cli
