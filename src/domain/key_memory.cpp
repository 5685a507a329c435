#include <algorithm>
#include <utility>

#include "key_table.hpp"

namespace holdfast {

namespace {

/// A search for a new key asks every generation; a dead key stays in memory
/// for at most the span of one.
constexpr std::int64_t generations = 8;

} // namespace

key_memory::key_memory(std::int64_t ttl_ms) : ttl_ms_(ttl_ms) {
  // nop
}

key_memory::key_memory(key_memory&&) noexcept = default;
key_memory& key_memory::operator=(key_memory&&) noexcept = default;
key_memory::~key_memory() = default;

std::optional<answer_slot> key_memory::find(const key_hash& hash,
                                            std::int64_t now_ms) {
  for (auto each = tables_.rbegin(); each != tables_.rend(); ++each)
    if (auto slot = each->find(hash, now_ms - ttl_ms_))
      return slot;
  return std::nullopt;
}

void key_memory::expect(const key_hash& hash) const noexcept {
  for (const auto& each : tables_)
    each.expect(hash);
}

void key_memory::expect_insert(const key_hash& hash) const noexcept {
  if (!tables_.empty())
    tables_.back().expect_insert(hash);
}

void key_memory::insert(const key_hash& hash, answer_slot slot,
                        std::int64_t at_ms, std::int64_t now_ms) {
  const auto span_ms =
      std::clamp(ttl_ms_ / generations, std::int64_t{1}, table::span_ms_max);
  // A clock that was set back leads to an older table, or to a new one
  // between them.
  auto after =
      std::find_if(tables_.rbegin(), tables_.rend(), [at_ms](const auto& each) {
        return each.start_ms() <= at_ms;
      }).base();
  if (after != tables_.begin()) {
    auto& candidate = *std::prev(after);
    if (at_ms - candidate.start_ms() < span_ms) {
      candidate.insert(hash, slot, at_ms);
      return;
    }
  }
  // Traffic goes on as it was: with the room of the last generation this one
  // need not stop to grow.
  const auto expected = after != tables_.begin() ? std::prev(after)->size() : 0;
  table fresh(at_ms, expected);
  fresh.insert(hash, slot, at_ms);
  tables_.insert(after, std::move(fresh));
  expire(std::min(at_ms, now_ms));
}

bool key_memory::expire(std::int64_t now_ms) {
  std::erase_if(tables_, [oldest = now_ms - ttl_ms_](const auto& each) {
    return each.youngest_ms() < oldest;
  });
  return tables_.empty();
}

std::size_t key_memory::size() const noexcept {
  std::size_t sum = 0;
  for (const auto& each : tables_)
    sum += each.size();
  return sum;
}

std::size_t key_memory::memory_bytes() const noexcept {
  std::size_t sum = tables_.capacity() * sizeof(tables_[0]);
  for (const auto& each : tables_)
    sum += each.memory_bytes();
  return sum;
}

} // namespace holdfast
