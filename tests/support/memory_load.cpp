// How a journal in memory rebuilds a SKU.
#include <algorithm>

#include "src/storage/fold.hpp"
#include "src/storage/key_order.hpp"
#include "tests/support/memory_journal.hpp"

namespace holdfast::storage {

loaded_sku memory_journal::load(const std::string& store,
                                const std::string& sku,
                                std::int64_t keys_since_ms) {
  check_alive();
  loaded_sku result;
  const auto* chain = disk_->find(store, sku);
  if (chain == nullptr)
    return result;
  std::uint64_t folded_to = 0;
  if (chain->snapshot) {
    result.state = chain->snapshot->state;
    folded_to = chain->snapshot->seq;
  }
  const auto& seqs = chain->events;
  auto next = std::upper_bound(seqs.begin(), seqs.end(), folded_to);
  result.since_snapshot = static_cast<std::uint64_t>(seqs.end() - next);
  for (; next != seqs.end(); ++next)
    apply_stored(result.state, disk_->events_[*next - 1]);
  collect_keys(*chain, keys_since_ms, result.keys);
  return result;
}

bool memory_journal::walk_keys(const std::string& store, const std::string& sku,
                               std::int64_t keys_since_ms, key_walk& walk,
                               std::size_t rows) {
  check_alive();
  const auto* chain = disk_->find(store, sku);
  const auto end_of = [](const std::vector<std::uint64_t>& numbers) {
    return numbers.empty() ? 0 : numbers.back();
  };
  const auto seq = chain == nullptr ? 0 : end_of(chain->events);
  const auto answer = chain == nullptr ? 0 : end_of(chain->answers);
  if (walk.last_seq != seq || walk.last_answer != answer)
    walk = {seq, answer, seq, answer, {}};
  // The steps of one that reads rows; this has all of them at hand.
  walk.seq -= std::min<std::uint64_t>(walk.seq, rows);
  if (walk.seq != 0)
    return false;
  walk.keys = memory_journal::load(store, sku, keys_since_ms).keys;
  return true;
}

void memory_journal::collect_keys(const memory_disk::chain& chain,
                                  std::int64_t keys_since_ms,
                                  std::vector<remembered_key>& into) const {
  for (auto seq = chain.events.rbegin(); seq != chain.events.rend(); ++seq) {
    const auto& change = disk_->events_[*seq - 1];
    if (change.after.updated_at_ms < keys_since_ms)
      break;
    if (!change.from.key.empty())
      into.push_back({hash_key(change.from, change.hold.ref),
                      {*seq, false},
                      change.after.updated_at_ms});
  }
  for (auto number = chain.answers.rbegin(); number != chain.answers.rend();
       ++number) {
    const auto& answer = disk_->answers_[*number - 1];
    if (answer.at_ms < keys_since_ms)
      break;
    if (!answer.from.key.empty())
      into.push_back(
          {hash_key(answer.from, answer.ref), {*number, true}, answer.at_ms});
  }
  order_keys(into);
}

} // namespace holdfast::storage
