#include "holdfast/stock_table.hpp"

#include <algorithm>

#include "stock_chunk.hpp"

namespace holdfast {

stock_table::stock_table() = default;

std::size_t stock_table::locate(const chunks& in, std::string_view sku) {
  const auto after = std::upper_bound(
      in.begin(), in.end(), sku,
      [](std::string_view a, const auto& b) { return a < b->name(0); });
  return after == in.begin() ? 0
                             : static_cast<std::size_t>(after - in.begin()) - 1;
}

std::optional<sku_entry> stock_table::find(std::string_view sku) const {
  if (chunks_.empty())
    return std::nullopt;
  const auto& chunk = *chunks_[locate(chunks_, sku)];
  const auto i = chunk.lower_bound(sku);
  if (!chunk.has_at(i, sku))
    return std::nullopt;
  return chunk.entry(i);
}

void stock_table::walk(
    std::string_view after,
    const std::function<bool(const sku_entry&)>& visit) const {
  if (chunks_.empty())
    return;
  const auto start = locate(chunks_, after);
  auto i = chunks_[start]->lower_bound(after);
  // An empty text is before every SKU: nothing is skipped for it.
  if (chunks_[start]->has_at(i, after))
    ++i;
  for (auto c = start; c < chunks_.size(); ++c, i = 0)
    for (; i < chunks_[c]->slots.size(); ++i)
      if (!visit(chunks_[c]->entry(i)))
        return;
}

std::size_t stock_table::memory_bytes() const noexcept {
  auto sum =
      sizeof(*this) + chunks_.capacity() * sizeof(std::shared_ptr<stock_chunk>);
  for (const auto& chunk : chunks_)
    sum += chunk->memory_bytes();
  return sum;
}

stock_chunk& stock_table_builder::own(std::size_t index) {
  auto& chunk = chunks_[index];
  if (chunk->edition != edition_) {
    chunk = std::make_shared<stock_chunk>(*chunk);
    chunk->edition = edition_;
  }
  return *chunk;
}

void stock_table_builder::split(std::size_t index) {
  auto& full = *chunks_[index];
  // SKUs that come in order leave full chunks behind.
  const auto is_last = index + 1 == chunks_.size();
  const auto at = is_last ? full.slots.size() - 1 : full.slots.size() / 2;
  auto tail = std::make_shared<stock_chunk>(full.cut(at));
  chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(index) + 1,
                 std::move(tail));
}

balances& stock_table_builder::at(std::string_view sku, std::uint32_t store) {
  if (chunks_.empty()) {
    chunks_.push_back(std::make_shared<stock_chunk>());
    chunks_.back()->edition = edition_;
  }
  latest_ = nullptr;
  auto index = chunks_.size() == 1 ? 0 : stock_table::locate(chunks_, sku);
  auto* chunk = &own(index);
  auto i = chunk->lower_bound(sku);
  if (!chunk->has_at(i, sku)) {
    chunk->insert_sku(i, sku);
    ++skus_;
  }
  auto* found = &chunk->record(i, store);
  if (!chunk->is_full())
    return *found;
  split(index);
  index = stock_table::locate(chunks_, sku);
  return chunks_[index]->record(chunks_[index]->lower_bound(sku), store);
}

const balances* stock_table_builder::find(std::string_view sku,
                                          std::uint32_t store) const {
  if (chunks_.empty() || skus_ == 0)
    return nullptr;
  const auto& chunk = *chunks_[stock_table::locate(chunks_, sku)];
  const auto i = chunk.lower_bound(sku);
  if (!chunk.has_at(i, sku))
    return nullptr;
  const auto records = chunk.entry(i).records;
  const auto found = std::lower_bound(
      records.begin(), records.end(), store,
      [](const store_record& a, std::uint32_t b) { return a.store < b; });
  return found != records.end() && found->store == store ? &found->is : nullptr;
}

void stock_table_builder::forget(const std::set<std::uint32_t>& stores) {
  stock_table_builder left;
  for (const auto& chunk : chunks_)
    for (std::size_t i = 0; i < chunk->slots.size(); ++i) {
      const auto entry = chunk->entry(i);
      for (const auto& record : entry.records)
        if (!stores.contains(record.store))
          left.at(entry.sku, record.store) = record.is;
    }
  *this = std::move(left);
}

std::shared_ptr<const stock_table> stock_table_builder::publish() {
  if (!latest_) {
    auto made = std::make_shared<stock_table>();
    made->chunks_ = chunks_;
    made->skus_ = skus_;
    latest_ = std::move(made);
    ++edition_;
  }
  return latest_;
}

} // namespace holdfast
