// Whether a central view is the sum of the journal.
#include <map>
#include <set>
#include <utility>

#include "src/checker/checker.hpp"

namespace holdfast::checker {

namespace {

using name = std::pair<std::string, std::string>;

/// A record that a view shows, and what the journal makes of it.
struct shown_record {
  const balances* is = nullptr;
  bool is_there = false;
  /// Something was done to it later; holds may expire at any time.
  bool is_old = false;
};

class central_check {
public:
  explicit central_check(const std::set<name>* of) : of_(of) {
    // nop
  }

  std::vector<violation> run(const std::vector<event>& journal,
                             const std::vector<central_entry>& shown) {
    for (const auto& entry : shown)
      look_at(entry);
    for (const auto& change : journal)
      add(change);
    for (const auto& [of, each] : shown_)
      if (!each.is_there || each.is_old)
        blame(of.second, sums_.contains(of)
                             ? "a record is not the sum of the journal"
                             : "a record belongs elsewhere");
    for (const auto& [of, sum] : sums_)
      if (!shown_.contains(of))
        blame(of.second, "a record is missing");
    return std::move(found_);
  }

private:
  void look_at(const central_entry& entry);
  void add(const event& change);
  void blame(const std::string& sku, const char* what) {
    found_.push_back({7, "central view, " + sku + ": " + what});
  }

  /// What is judged, null for everything.
  const std::set<name>* of_;
  std::vector<violation> found_;
  std::map<name, shown_record> shown_;
  /// From nothing but deltas; what has no delta is as the newest event has it.
  std::map<name, balances> sums_;
};

void central_check::look_at(const central_entry& entry) {
  if (entry.records.empty())
    blame(entry.sku, "it has no record");
  central_entry sum;
  for (const auto& each : entry.records) {
    const auto& [store, sku, record, told] = each;
    if (auto odd = check_available(each))
      found_.push_back(std::move(*odd));
    sum.on_hand += record.on_hand;
    sum.reserved += record.reserved;
    sum.available += record.available();
    if (of_ != nullptr && !of_->contains({store, sku}))
      continue;
    const auto is_new =
        shown_.emplace(name{store, sku}, shown_record{&record}).second;
    if (!is_new || sku != entry.sku)
      blame(entry.sku, "a record comes twice, or belongs elsewhere");
  }
  if (sum.on_hand != entry.on_hand || sum.reserved != entry.reserved
      || sum.available != entry.available)
    blame(entry.sku, "the sums are not those of the records");
}

void central_check::add(const event& change) {
  const name of{change.from.store, change.from.sku};
  auto& sum = sums_[of];
  const auto on_hand = sum.on_hand + change.delta;
  const auto reserved = sum.reserved + change.reserved_delta;
  const auto version = sum.version + 1;
  sum = change.after;
  sum.on_hand = on_hand;
  sum.reserved = reserved;
  sum.version = version;
  const auto found = shown_.find(of);
  if (found == shown_.end())
    return;
  auto& seen = found->second;
  if (version == seen.is->version)
    seen.is_there = sum == *seen.is;
  else if (version > seen.is->version)
    seen.is_old |= change.type != event_type::reservation_expired;
}

} // namespace

std::vector<violation> check_central(const std::vector<event>& journal,
                                     const std::vector<central_entry>& shown,
                                     const std::set<name>* of) {
  return central_check{of}.run(journal, shown);
}

} // namespace holdfast::checker
