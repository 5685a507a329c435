#include "tests/support/memory_ledger.hpp"

#include <algorithm>
#include <utility>

namespace holdfast::storage {

namespace {

using phase = ledger_position::phase;

} // namespace

memory_ledger::memory_ledger(std::shared_ptr<memory_disk> disk)
    : disk_(std::move(disk)), life_(disk_->life_) {
  // nop
}

ledger_page memory_ledger::read(const ledger_position& from,
                                std::size_t limit) {
  if (life_ != disk_->life_ || disk_->take_read_fault())
    throw journal_error(journal_error::kind::failed, "the ledger has failed");
  ledger_page page;
  page.next = from;
  page.last_seq = disk_->events_kept_;
  if (from.is == phase::events)
    read_changes(page, limit);
  else
    read_records(page, limit);
  return page;
}

void memory_ledger::read_records(ledger_page& page, std::size_t limit) const {
  auto& at = page.next;
  if (at.is == phase::fresh)
    at.seq = disk_->covered();
  using name = std::pair<std::string_view, std::string_view>;
  const auto store = at.store;
  const auto sku = at.sku;
  std::vector<std::pair<name, const balances*>> rows;
  for (const auto& [key, chain] : disk_->chains_)
    if (chain.snapshot && name{key.store, key.sku} > name{store, sku})
      rows.emplace_back(name{key.store, key.sku}, &chain.snapshot->state.now);
  std::sort(rows.begin(), rows.end());
  at.is = rows.size() > limit ? phase::records : phase::events;
  rows.resize(std::min(rows.size(), limit));
  for (const auto& [key, is] : rows) {
    at.store = key.first;
    at.sku = key.second;
    if (is->version != 0)
      page.records.push_back({at.store, at.sku, *is});
  }
}

void memory_ledger::read_changes(ledger_page& page, std::size_t limit) const {
  auto& at = page.next;
  for (; page.changes.size() < limit && at.seq < page.last_seq; ++at.seq) {
    const auto& change = disk_->events_[at.seq];
    page.changes.push_back({change.seq, change.from.store, change.from.sku,
                            change.delta, change.reserved_delta, change.after});
  }
}

} // namespace holdfast::storage
