#include "src/cli/load/view_record.hpp"

#include <algorithm>
#include <utility>

namespace holdfast::cli {

namespace {

checker::violation wrong(const std::string& sku, const std::string& what) {
  return {7, "central view, " + sku + ": " + what};
}

bool are_sums(const checker::central_entry& of, const balances& record) {
  return of.records.size() == 1 && of.on_hand == record.on_hand
         && of.reserved == record.reserved
         && of.available == record.available();
}

} // namespace

void view_record::take(const name_book& names,
                       checker::central_entry&& shown_there) {
  const auto sku = names.index_of(shown_there.sku);
  if (!sku)
    return;
  const auto& records = shown_there.records;
  const auto& all = names.stores();
  const auto store = records.empty()
                         ? all.end()
                         : std::find(all.begin(), all.end(), records[0].store);
  if (store == all.end() || !are_sums(shown_there, records[0].record)) {
    odd_.push_back(
        wrong(shown_there.sku, "the sums are not those of a record"));
    return;
  }
  if (auto odd = checker::check_available(records[0]))
    odd_.push_back(std::move(*odd));
  const shown made{static_cast<std::size_t>(store - all.begin()),
                   records[0].record};
  if (!all_.emplace(*sku, made).second)
    odd_.push_back(wrong(shown_there.sku, "it is shown twice"));
}

void view_record::follow(std::uint32_t sku, const event& change,
                         const balances& sum) {
  auto& at = all_[sku];
  // What was not shown has no record.
  at.is_missing |= at.record.version == 0;
  if (change.after.version == at.record.version)
    at.is_there = sum == at.record;
  else if (change.after.version > at.record.version)
    at.is_old |= change.type != event_type::reservation_expired;
}

std::optional<checker::central_entry>
view_record::find(const name_book& names, std::uint32_t sku) const {
  const auto found = all_.find(sku);
  if (found == all_.end() || found->second.record.version == 0)
    return std::nullopt;
  const auto& is = found->second.record;
  const auto name = names.sku(sku);
  return checker::central_entry{
      name,
      is.on_hand,
      is.reserved,
      is.available(),
      {{names.stores()[found->second.store], name, is}}};
}

void view_record::judge(const name_book& names,
                        std::vector<checker::violation>& found) const {
  found.insert(found.end(), odd_.begin(), odd_.end());
  for (const auto& [sku, at] : all_)
    if (at.is_missing)
      found.push_back(wrong(names.sku(sku), "its record is missing"));
    else if (!at.is_there || at.is_old)
      found.push_back(
          wrong(names.sku(sku), "its record is not the sum of the events"));
}

} // namespace holdfast::cli
