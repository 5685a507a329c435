#include "tests/support/memory_journal.hpp"

#include <algorithm>
#include <utility>

#include "holdfast/limits.hpp"

namespace holdfast::storage {

memory_journal::memory_journal(std::shared_ptr<memory_disk> disk)
    : disk_(std::move(disk)), life_(disk_->life_) {
  // nop
}

memory_journal::~memory_journal() {
  rollback();
}

void memory_journal::check_alive() const {
  if (failed_ || life_ != disk_->life_)
    throw journal_error(journal_error::kind::failed, "the journal has failed");
}

void memory_journal::begin() {
  check_alive();
}

void memory_journal::append(stock_change& change, const origin& from) {
  check_alive();
  auto& disk = *disk_;
  auto& chain = disk.chain_of(from.store, from.sku);
  change.seq = disk.events_.size() + 1;
  change.prev_seq = chain.events.empty() ? 0 : chain.events.back();
  if (change.type == event_type::stock_reserved)
    change.hold.ref.grant_seq = change.seq;
  disk.events_.push_back({change, from});
  // As on disk: a fingerprint is kept beside a key only.
  if (from.key.empty())
    disk.events_.back().from.fingerprint = {};
  chain.events.push_back(change.seq);
  if (closes_hold(change))
    disk.closed_[change.hold.ref.grant_seq] = change.seq;
}

void memory_journal::remember(remembered_answer& answer) {
  check_alive();
  auto& disk = *disk_;
  answer.number = disk.answers_.size() + 1;
  disk.answers_.push_back(answer);
  if (answer.from.key.empty())
    disk.answers_.back().from.fingerprint = {};
  disk.chain_of(answer.from.store, answer.from.sku)
      .answers.push_back(answer.number);
}

void memory_journal::snapshot(const std::string& store, const std::string& sku,
                              const stock& state) {
  check_alive();
  auto& chain = disk_->chain_of(store, sku);
  const auto seq = chain.events.empty() ? 0 : chain.events.back();
  const auto& head = seq == 0 ? balances{} : disk_->events_[seq - 1].after;
  if (state.now != head)
    return;
  memory_disk::kept_stock kept{state, seq};
  for (auto& [version, hold] : kept.state.holds)
    hold.ref.grant_seq = chain.events.at(version - 1);
  disk_->replaced_.emplace_back(&chain, std::move(chain.snapshot));
  chain.snapshot = std::move(kept);
}

void memory_journal::commit() {
  check_alive();
  auto& disk = *disk_;
  const memory_disk::fault* due = nullptr;
  for (auto& each : disk.faults_)
    if (each.commits_left != 0 && --each.commits_left == 0)
      due = &each;
  if (due == nullptr || due->reached) {
    disk.keep();
    ++disk.commits_;
  }
  if (due == nullptr)
    return;
  failed_ = due->kind != journal_error::kind::full;
  throw journal_error(due->kind, "a fault that was asked for");
}

void memory_journal::rollback() noexcept {
  if (life_ == disk_->life_)
    disk_->undo();
}

void memory_journal::catch_up() {
  // A commit leaves nothing.
}

bool memory_journal::seal() {
  check_alive();
  return true;
}

std::optional<event> memory_journal::event_at(std::uint64_t seq) {
  check_alive();
  if (seq == 0 || seq > disk_->events_.size())
    return std::nullopt;
  return disk_->events_[seq - 1];
}

std::optional<remembered_answer>
memory_journal::answer_at(std::uint64_t number) {
  check_alive();
  if (number == 0 || number > disk_->answers_.size())
    return std::nullopt;
  return disk_->answers_[number - 1];
}

std::optional<event> memory_journal::closing_event(std::uint64_t grant_seq) {
  check_alive();
  const auto found = disk_->closed_.find(grant_seq);
  if (found == disk_->closed_.end())
    return std::nullopt;
  return disk_->events_[found->second - 1];
}

event_page memory_journal::scan(std::uint64_t after, std::size_t limit,
                                const event_filter& filter) {
  check_alive();
  const auto& events = disk_->events_;
  event_page page;
  page.last_seq = after;
  for (auto left = limits::page_rows_max;
       left > 0 && page.events.size() < limit && page.last_seq < events.size();
       --left) {
    const auto& change = events[page.last_seq++];
    page.last_ms = change.after.updated_at_ms;
    if ((filter.store.empty() || filter.store == change.from.store)
        && (filter.sku.empty() || filter.sku == change.from.sku))
      page.events.push_back(change);
  }
  page.is_last = page.last_seq >= events.size();
  return page;
}

std::uint64_t memory_journal::last_seq() const {
  return disk_->events_.size();
}

std::int64_t memory_journal::last_time_ms() const {
  const auto& events = disk_->events_;
  const auto& answers = disk_->answers_;
  const auto event_ms = events.empty() ? 0 : events.back().after.updated_at_ms;
  return std::max(event_ms, answers.empty() ? 0 : answers.back().at_ms);
}

std::size_t memory_journal::checkpoint(std::size_t, bool) {
  check_alive();
  return 0;
}

} // namespace holdfast::storage
