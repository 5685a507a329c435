#include "holdfast/central_view.hpp"

#include <algorithm>
#include <limits>

namespace holdfast {

namespace {

/// Adds up to the largest number that there is: what nodes say is bounded, and
/// how many of them say it.
void add(std::int64_t& to, std::int64_t what) {
  if (__builtin_add_overflow(to, what, &to))
    to = what > 0 ? std::numeric_limits<std::int64_t>::max()
                  : std::numeric_limits<std::int64_t>::min();
}

/// The records of `found`, or only that of store number `only`.
central_sku add_up(const sku_entry& found,
                   const std::vector<std::string>& stores,
                   std::optional<std::uint32_t> only = std::nullopt) {
  central_sku sum;
  sum.sku = found.sku;
  for (const auto& [store, is] : found.records) {
    if (only && *only != store)
      continue;
    add(sum.on_hand, is.on_hand);
    add(sum.reserved, is.reserved);
    add(sum.available, is.available());
    sum.parts.push_back({stores[store], is});
  }
  // Numbers are given in the order in which a node sees stores.
  std::sort(sum.parts.begin(), sum.parts.end(),
            [](const auto& a, const auto& b) { return a.store < b.store; });
  return sum;
}

} // namespace

std::optional<central_sku> central_view::find(std::string_view sku) const {
  const auto found = table->find(sku);
  if (!found)
    return std::nullopt;
  return add_up(*found, *stores);
}

central_page central_view::page(const central_query& wanted) const {
  central_page result;
  std::optional<std::uint32_t> only;
  if (!wanted.store.empty()) {
    const auto known = std::find(stores->begin(), stores->end(), wanted.store);
    if (known == stores->end())
      return result;
    only = static_cast<std::uint32_t>(known - stores->begin());
  }
  auto left = 100 * wanted.limit;
  bool has_more = false;
  table->walk(wanted.after, [&](const sku_entry& found) {
    has_more = left == 0 || result.skus.size() == wanted.limit;
    if (has_more)
      return false;
    --left;
    result.next = found.sku;
    auto sum = add_up(found, *stores, only);
    if (!sum.parts.empty())
      result.skus.push_back(std::move(sum));
    return true;
  });
  if (!has_more)
    result.next.clear();
  return result;
}

} // namespace holdfast
