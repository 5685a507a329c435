// Whether a central view is the sum of the journal.
#include <map>
#include <utility>

#include "src/checker/checker.hpp"

namespace holdfast::checker {

namespace {

using name = std::pair<std::string, std::string>;

/// Every record by store and SKU, from nothing but deltas; what has no delta
/// is as the newest event has it.
std::map<name, balances> add_up(const std::vector<event>& journal) {
  std::map<name, balances> sums;
  for (const auto& change : journal) {
    auto& sum = sums[{change.from.store, change.from.sku}];
    const auto on_hand = sum.on_hand + change.delta;
    const auto reserved = sum.reserved + change.reserved_delta;
    const auto version = sum.version + 1;
    sum = change.after;
    sum.on_hand = on_hand;
    sum.reserved = reserved;
    sum.version = version;
  }
  return sums;
}

} // namespace

std::vector<violation> check_central(const std::vector<event>& journal,
                                     const std::vector<central_entry>& shown) {
  std::vector<violation> found;
  const auto blame = [&found](const std::string& sku, const char* what) {
    found.push_back({7, "central view, " + sku + ": " + what});
  };
  auto expected = add_up(journal);
  for (const auto& entry : shown) {
    central_entry sum;
    for (const auto& [store, sku, record] : entry.records) {
      sum.on_hand += record.on_hand;
      sum.reserved += record.reserved;
      sum.available += record.available();
      const auto known = expected.find({store, sku});
      if (sku != entry.sku || known == expected.end())
        blame(entry.sku, "a record comes twice, or belongs elsewhere");
      else if (known->second != record)
        blame(entry.sku, "a record is not the sum of the journal");
      if (known != expected.end())
        expected.erase(known);
    }
    if (sum.on_hand != entry.on_hand || sum.reserved != entry.reserved
        || sum.available != entry.available)
      blame(entry.sku, "the sums are not those of the records");
  }
  for (const auto& [missing, record] : expected)
    blame(missing.second, "a record is missing");
  return found;
}

} // namespace holdfast::checker
