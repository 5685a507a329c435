#include "stock_chunk.hpp"

#include <algorithm>

namespace holdfast {

std::size_t stock_chunk::lower_bound(std::string_view sku) const noexcept {
  std::size_t low = 0;
  auto high = slots.size();
  while (low < high) {
    const auto middle = (low + high) / 2;
    if (name(middle) < sku)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void stock_chunk::insert_sku(std::size_t i, std::string_view sku) {
  const auto begin = name_begin(i);
  names.insert(begin, sku);
  const auto size = static_cast<std::uint32_t>(sku.size());
  for (auto later = i; later < slots.size(); ++later)
    slots[later].name_end += size;
  slots.insert(slots.begin() + static_cast<std::ptrdiff_t>(i),
               {static_cast<std::uint32_t>(begin) + size,
                static_cast<std::uint32_t>(record_begin(i))});
}

balances& stock_chunk::record(std::size_t i, std::uint32_t store) {
  const auto first =
      records.begin() + static_cast<std::ptrdiff_t>(record_begin(i));
  const auto last =
      records.begin() + static_cast<std::ptrdiff_t>(slots[i].record_end);
  auto found = std::lower_bound(
      first, last, store,
      [](const store_record& a, std::uint32_t b) { return a.store < b; });
  if (found == last || found->store != store) {
    found = records.insert(found, {store, {}});
    for (auto later = i; later < slots.size(); ++later)
      ++slots[later].record_end;
  }
  return found->is;
}

stock_chunk stock_chunk::cut(std::size_t i) {
  const auto name_at = name_begin(i);
  const auto record_at = record_begin(i);
  stock_chunk tail;
  tail.edition = edition;
  tail.names = names.substr(name_at);
  tail.records.assign(records.begin() + static_cast<std::ptrdiff_t>(record_at),
                      records.end());
  for (auto moved = i; moved < slots.size(); ++moved)
    tail.slots.push_back(
        {slots[moved].name_end - static_cast<std::uint32_t>(name_at),
         slots[moved].record_end - static_cast<std::uint32_t>(record_at)});
  names.resize(name_at);
  records.resize(record_at);
  slots.resize(i);
  return tail;
}

std::size_t stock_chunk::memory_bytes() const noexcept {
  return sizeof(*this) + names.capacity() + slots.capacity() * sizeof(slot)
         + records.capacity() * sizeof(store_record);
}

} // namespace holdfast
