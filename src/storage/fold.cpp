#include "fold.hpp"

#include <string>

#include "corrupt.hpp"
#include "holdfast/rules.hpp"

namespace holdfast::storage {

namespace {

/// `from + by == to` without overflow.
bool leads(std::int64_t from, std::int64_t by, std::int64_t to) {
  std::int64_t sum = 0;
  return !__builtin_add_overflow(from, by, &sum) && sum == to;
}

} // namespace

const char* misfit(const stock& now, const event& change) {
  if (change.after.version != now.now.version + 1)
    return "its version does not follow the one before";
  if (!leads(now.now.on_hand, change.delta, change.after.on_hand))
    return "its delta does not lead to its stock on hand";
  if (!leads(now.now.reserved, change.reserved_delta, change.after.reserved))
    return "its delta does not lead to its reserved stock";
  if (change.has_hold() != (change.type > event_type::stock_counted))
    return "its type and its reservation do not go together";
  if (!change.has_hold())
    return nullptr;
  const auto grants = change.type == event_type::stock_reserved;
  const auto& ref = change.hold.ref;
  if (grants)
    return ref.grant_version == change.after.version
                   && ref.grant_seq == change.seq
               ? nullptr
               : "it grants a reservation of another event";
  const auto found = now.holds.find(ref.grant_version);
  if (found == now.holds.end())
    return "its reservation is not live";
  return found->second.ref == ref
             ? nullptr
             : "its reservation was granted by another event";
}

void apply_stored(stock& now, const event& change) {
  if (const auto* why = misfit(now, change))
    corrupt("event " + std::to_string(change.seq) + " of " + change.from.store
            + "/" + change.from.sku + " does not fit: " + why);
  apply(now, change);
}

} // namespace holdfast::storage
