#include "holdfast/ledger.hpp"

#include "siphash.hpp"

namespace holdfast {

namespace {

/// Fixed: a mark that was made on one node is held against the log of another.
constexpr std::uint64_t mark_key_high = 0x6c65646765722121;

} // namespace

ledger_mark mark_of(const ledger_change& change) {
  const auto& after = change.after;
  siphash hash(fixed_key_low, mark_key_high);
  for (const auto each :
       {change.delta, change.reserved_delta, after.on_hand, after.reserved,
        after.safety_stock, after.backorder_limit, after.updated_at_ms})
    hash.absorb(static_cast<std::uint64_t>(each));
  hash.absorb(after.version);
  return {change.seq, hash.finish(change.store + '/' + change.sku).low};
}

} // namespace holdfast
