// Whether everything that was added and taken is there in the end.
#include "src/checker/model.hpp"
#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

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
  if (of.end == nullptr)
    return;
  if (of.end->record != holds.record())
    found.push_back(
        blame(of, 7, "the final record is not that of the journal"));
}

} // namespace holdfast::checker
