#include "tests/support/memory_ledger.hpp"

#include <algorithm>
#include <utility>

namespace holdfast::storage {

namespace {

using phase = ledger_position::phase;

ledger_change change_of(const event& of) {
  return {of.seq,   of.from.store,     of.from.sku,
          of.delta, of.reserved_delta, of.after};
}

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
  const auto seen = from.seen.seq;
  if (seen > page.last_seq || (seen != 0 && mark_at(seen) != from.seen))
    page.is_other = true;
  else if (from.is == phase::events)
    read_changes(page, limit);
  else
    read_records(page, limit);
  if (!page.is_other && page.last_seq != 0)
    page.next.seen = mark_at(page.last_seq);
  return page;
}

ledger_mark memory_ledger::mark_at(std::uint64_t seq) const {
  return mark_of(change_of(disk_->events_[seq - 1]));
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
  for (; page.changes.size() < limit && at.seq < page.last_seq; ++at.seq)
    page.changes.push_back(change_of(disk_->events_[at.seq]));
}

} // namespace holdfast::storage
