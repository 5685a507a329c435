#include "key_table.hpp"

#include <bit>
#include <cassert>
#include <cstdlib>
#include <new>
#include <random>
#include <utility>

#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

constexpr std::uint64_t offset_mask = (std::uint64_t{1} << 24) - 1;
constexpr std::uint64_t in_answers_bit = std::uint64_t{1} << 24;
constexpr int number_shift = 25;
static_assert(limits::seq_max <= (~std::uint64_t{0} >> number_shift));

constexpr std::uint32_t capacity_log2_min = 2;

/// Multiplies hashes into homes. Clients choose their keys and can compute
/// the hashes; not knowing this number they cannot aim many at one home.
const std::uint64_t secret_multiplier = [] {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device() | 1;
}();

/// Smallest capacity that holds `size` entries at a load of at most 3/4.
std::uint32_t capacity_log2_for(std::size_t size) {
  const auto capacity = std::bit_ceil(size + (size + 2) / 3);
  const auto log2 = static_cast<std::uint32_t>(std::countr_zero(capacity));
  return log2 < capacity_log2_min ? capacity_log2_min : log2;
}

} // namespace

void key_memory::table::free_memory::operator()(entry* entries) const noexcept {
  std::free(entries);
}

// Zeroed memory of a large table comes untouched from the kernel, so that a
// generation pays for its pages as it fills them.
key_memory::table::entries_ptr
key_memory::table::allocate(std::size_t capacity) {
  auto* memory = std::calloc(capacity, sizeof(entry) + 1);
  if (memory == nullptr)
    throw std::bad_alloc();
  return entries_ptr(static_cast<entry*>(memory));
}

key_memory::table::table(std::int64_t start_ms, std::size_t expected)
    : start_ms_(start_ms), capacity_log2_(capacity_log2_for(expected)) {
  entries_ = allocate(capacity());
}

std::size_t key_memory::table::memory_bytes() const noexcept {
  return capacity() * (sizeof(entry) + 1);
}

key_memory::table::place
key_memory::table::home(const key_hash& hash) const noexcept {
  const auto mixed = hash.low * secret_multiplier;
  const auto tag = static_cast<std::uint8_t>(mixed >> (56 - capacity_log2_));
  return {mixed >> (64 - capacity_log2_), tag == 0 ? std::uint8_t{1} : tag};
}

key_memory::table::place
key_memory::table::locate(const key_hash& hash) const noexcept {
  const auto mask = capacity() - 1;
  const auto* const tags = this->tags();
  auto at = home(hash);
  for (; tags[at.index] != 0; at.index = (at.index + 1) & mask) {
    const auto& known = entries_[at.index];
    if (tags[at.index] == at.tag && known.low == hash.low
        && known.high == hash.high)
      break;
  }
  return at;
}

std::optional<answer_slot>
key_memory::table::find(const key_hash& hash,
                        std::int64_t since_ms) const noexcept {
  const auto at = locate(hash);
  if (is_free(at))
    return std::nullopt;
  const auto packed = entries_[at.index].packed;
  if (start_ms_ + static_cast<std::int64_t>(packed & offset_mask) < since_ms)
    return std::nullopt;
  return answer_slot{packed >> number_shift, (packed & in_answers_bit) != 0};
}

void key_memory::table::insert(const key_hash& hash, answer_slot slot,
                               std::int64_t at_ms) {
  assert(slot.number != 0 && slot.number <= limits::seq_max);
  assert(at_ms >= start_ms_ && at_ms - start_ms_ <= span_ms_max);
  const auto offset = static_cast<std::uint32_t>(at_ms - start_ms_);
  auto at = locate(hash);
  if (is_free(at)) {
    if (capacity_log2_for(size_ + 1) > capacity_log2_) {
      grow();
      at = locate(hash);
    }
    ++size_;
  }
  put(at, {hash.high, hash.low,
           slot.number << number_shift | (slot.in_answers ? in_answers_bit : 0)
               | offset});
  if (offset > youngest_offset_)
    youngest_offset_ = offset;
}

void key_memory::table::put(place at, const entry& known) noexcept {
  entries_[at.index] = known;
  tags()[at.index] = at.tag;
}

void key_memory::table::grow() {
  const auto old_capacity = capacity();
  const auto* const old_tags = tags();
  const auto old = std::exchange(entries_, allocate(2 * old_capacity));
  ++capacity_log2_;
  for (std::size_t i = 0; i < old_capacity; ++i)
    if (old_tags[i] != 0)
      put(locate({old[i].high, old[i].low}), old[i]);
}

} // namespace holdfast
