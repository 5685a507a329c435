// Whether every event was written by whoever owned its SKU then.
#include <algorithm>
#include <map>
#include <utility>

#include "src/checker/checker.hpp"

namespace holdfast::checker {

namespace {

/// Events of one SKU with their authority, by version.
using written = std::vector<std::pair<const event*, const authority*>>;

void check_tenures(written& of, std::vector<violation>& found) {
  std::stable_sort(of.begin(), of.end(), [](const auto& a, const auto& b) {
    return a.first->after.version < b.first->after.version;
  });
  const authority* newest = nullptr;
  for (const auto& [change, by] : of) {
    const auto blame = [&, change = change](const std::string& what) {
      found.push_back({8, change->from.store + '/' + change->from.sku
                              + ": version "
                              + std::to_string(change->after.version) + what});
    };
    if (newest != nullptr && by->token < newest->token)
      blame(" was written by " + by->owner + " with token "
            + std::to_string(by->token) + " after " + newest->owner + " had "
            + std::to_string(newest->token));
    else if (newest != nullptr && by->token == newest->token
             && by->owner != newest->owner)
      blame(" shares token " + std::to_string(by->token) + " between "
            + newest->owner + " and " + by->owner);
    else
      newest = by;
  }
}

} // namespace

std::vector<violation> check_owners(const std::vector<event>& journal,
                                    const std::vector<authority>& owners) {
  std::map<std::uint64_t, const authority*> by_seq;
  for (const auto& each : owners)
    by_seq.emplace(each.seq, &each);
  std::map<std::pair<std::string, std::string>, written> by_sku;
  for (const auto& change : journal)
    if (const auto by = by_seq.find(change.seq); by != by_seq.end())
      by_sku[{change.from.store, change.from.sku}].emplace_back(&change,
                                                                by->second);
  std::vector<violation> found;
  for (auto& [name, each] : by_sku)
    check_tenures(each, found);
  return found;
}

} // namespace holdfast::checker
