// Whether everything that was added and taken is there in the end.
#include <algorithm>

#include "src/checker/model.hpp"
#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

/// The record that was read in the end is one of the journal, and nothing was
/// done after it.
bool is_final(const sku_case& of, const balances& end) {
  const auto& all = of.events;
  if (end.version > all.size())
    return false;
  const auto at = static_cast<std::ptrdiff_t>(end.version);
  return end == (at == 0 ? balances{} : all[end.version - 1]->after)
         && std::all_of(all.begin() + at, all.end(), [](const auto* later) {
              return later->type == event_type::reservation_expired;
            });
}

} // namespace

void check_sums(const sku_case& of, violations& found) {
  balances sum;
  model holds{0};
  for (const auto* change : of.events) {
    sum.on_hand += change->delta;
    sum.reserved += change->reserved_delta;
    holds.apply(*change);
    const auto& after = change->after;
    const auto& at = " at version " + std::to_string(after.version);
    if (sum.on_hand != after.on_hand || sum.reserved != after.reserved)
      found.push_back(blame(of, 7, "the deltas lead elsewhere" + at));
    if (holds.held() != after.reserved)
      found.push_back(
          blame(of, 7, "reserved is not the sum of the live holds" + at));
  }
  if (of.end != nullptr && !is_final(of, of.end->record))
    found.push_back(
        blame(of, 7, "the final record is not that of the journal"));
}

} // namespace holdfast::checker
