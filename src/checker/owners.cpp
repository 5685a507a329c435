// Whether every event was written by whoever owned its SKU then.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "src/checker/checker.hpp"

namespace holdfast::checker {

namespace {

/// Events of one SKU with their authority, by version.
using written = std::vector<std::pair<const event*, const authority*>>;

/// Of one SKU, by token.
using reigns = std::map<std::uint64_t, const tenure*>;

class owners_check {
public:
  explicit owners_check(const std::vector<tenure>& tenures)
      : knows_grants_(!tenures.empty()) {
    for (const auto& each : tenures)
      add(each);
  }

  std::vector<violation> run(const std::vector<event>& journal,
                             const std::vector<authority>& owners) {
    std::map<std::uint64_t, const authority*> by_seq;
    for (const auto& each : owners)
      by_seq.emplace(each.seq, &each);
    std::map<name, written> by_sku;
    for (const auto& change : journal)
      if (const auto by = by_seq.find(change.seq); by != by_seq.end())
        by_sku[{change.from.store, change.from.sku}].emplace_back(&change,
                                                                  by->second);
    for (auto& [of, each] : by_sku) {
      if (knows_grants_)
        check_grants(each, granted_[of]);
      else
        check_order(each);
    }
    return std::move(found_);
  }

private:
  using name = std::pair<std::string, std::string>;

  void add(const tenure& had);
  void check_order(written& of);
  void check_grants(const written& of, const reigns& granted);
  void blame(const event& change, const std::string& what) {
    found_.push_back({8, change.from.store + '/' + change.from.sku
                             + ": version "
                             + std::to_string(change.after.version) + what});
  }

  bool knows_grants_;
  std::map<name, reigns> granted_;
  std::vector<violation> found_;
};

/// Nobody needs to write anything for a token to be given twice.
void owners_check::add(const tenure& had) {
  auto& of = granted_[{had.store, had.sku}];
  const auto [place, is_new] = of.emplace(had.token, &had);
  const auto& first = *place->second;
  if (is_new || first.owner == had.owner)
    return;
  found_.push_back({8, had.store + '/' + had.sku + ": token "
                           + std::to_string(had.token) + " was granted to "
                           + first.owner + " and to " + had.owner});
}

/// Each event against the one before.
void owners_check::check_order(written& of) {
  std::stable_sort(of.begin(), of.end(), [](const auto& a, const auto& b) {
    return a.first->after.version < b.first->after.version;
  });
  const authority* newest = nullptr;
  for (const auto& [change, by] : of) {
    if (newest != nullptr && by->token < newest->token)
      blame(*change, " was written by " + by->owner + " with token "
                         + std::to_string(by->token) + " after " + newest->owner
                         + " had " + std::to_string(newest->token));
    else if (newest != nullptr && by->token == newest->token
             && by->owner != newest->owner)
      blame(*change, " shares token " + std::to_string(by->token) + " between "
                         + newest->owner + " and " + by->owner);
    else
      newest = by;
  }
}

/// Each event against the grants of its own token and of the next.
void owners_check::check_grants(const written& of, const reigns& granted) {
  for (const auto& [change, by] : of) {
    const auto own = granted.find(by->token);
    if (own == granted.end() || own->second->owner != by->owner
        || own->second->granted_after_seq >= change->seq) {
      blame(*change, " was written by " + by->owner + " with token "
                         + std::to_string(by->token)
                         + ", which it did not have then");
      continue;
    }
    const auto next = std::next(own);
    if (next != granted.end() && next->second->granted_after_seq < change->seq)
      blame(*change, " was written by " + by->owner
                         + ", which had lost its lease to "
                         + next->second->owner);
  }
}

} // namespace

std::vector<violation> check_owners(const std::vector<event>& journal,
                                    const std::vector<authority>& owners,
                                    const std::vector<tenure>& tenures) {
  return owners_check{tenures}.run(journal, owners);
}

} // namespace holdfast::checker
