#include "tests/support/memory_journal.hpp"

#include <algorithm>

namespace holdfast::storage {

void memory_disk::fail_commit_at(std::uint64_t nth, journal_error::kind kind,
                                 bool reached) {
  faults_.push_back({nth, kind, reached});
}

void memory_disk::heal() noexcept {
  faults_.clear();
  read_faults_ = 0;
}

std::uint64_t memory_disk::covered() const {
  auto all = static_cast<std::uint64_t>(events_kept_);
  for (const auto& [names, chain] : chains_) {
    const auto seq = chain.snapshot ? chain.snapshot->seq : 0;
    const auto open =
        std::upper_bound(chain.events.begin(), chain.events.end(), seq);
    if (open != chain.events.end())
      all = std::min(all, *open - 1);
  }
  return all;
}

bool memory_disk::take_read_fault() noexcept {
  const auto is_due = read_faults_ > 0;
  read_faults_ -= is_due ? 1 : 0;
  return is_due;
}

void memory_disk::crash() {
  undo();
  ++life_;
}

memory_disk::chain& memory_disk::chain_of(const std::string& store,
                                          const std::string& sku) {
  const sku_view names{store, sku};
  const auto found = chains_.find(names);
  return found != chains_.end()
             ? found->second
             : chains_.try_emplace(sku_key(names)).first->second;
}

const memory_disk::chain* memory_disk::find(const std::string& store,
                                            const std::string& sku) const {
  const auto found = chains_.find(sku_view{store, sku});
  return found != chains_.end() ? &found->second : nullptr;
}

void memory_disk::undo() {
  for (; events_.size() > events_kept_; events_.pop_back()) {
    const auto& change = events_.back();
    chain_of(change.from.store, change.from.sku).events.pop_back();
    if (closes_hold(change))
      closed_.erase(change.hold.ref.grant_seq);
  }
  for (; answers_.size() > answers_kept_; answers_.pop_back()) {
    const auto& from = answers_.back().from;
    chain_of(from.store, from.sku).answers.pop_back();
  }
  for (; !replaced_.empty(); replaced_.pop_back())
    replaced_.back().first->snapshot = std::move(replaced_.back().second);
  letters_.undo();
}

void memory_disk::keep() {
  events_kept_ = events_.size();
  answers_kept_ = answers_.size();
  replaced_.clear();
  letters_.keep();
}

} // namespace holdfast::storage
