#include "simulated_locks.hpp"

#include <sqlite3.h>

namespace holdfast::storage {

namespace {

std::uint32_t bit_of(int slot) noexcept {
  return std::uint32_t{1} << slot;
}

} // namespace

bool simulated_locks::lock(held_locks& by, int level) {
  if (by.level >= level)
    return true;
  const auto is_writer = by.level > SQLITE_LOCK_SHARED;
  if (level == SQLITE_LOCK_SHARED) {
    if (is_pending_)
      return false;
    ++readers_;
    by.level = level;
    return true;
  }
  if (!is_writer && writers_ > 0)
    return false;
  writers_ = 1;
  by.level = SQLITE_LOCK_RESERVED;
  if (level == SQLITE_LOCK_RESERVED)
    return true;
  is_pending_ = true;
  by.level = SQLITE_LOCK_PENDING;
  if (readers_ > 1)
    return false;
  by.level = level;
  return true;
}

void simulated_locks::unlock(held_locks& by, int level) {
  if (by.level <= level)
    return;
  if (by.level > SQLITE_LOCK_SHARED) {
    writers_ = 0;
    is_pending_ = false;
  }
  if (level == SQLITE_LOCK_NONE)
    --readers_;
  by.level = level;
}

bool simulated_locks::lock_slots(held_locks& by, int first, int count,
                                 bool is_exclusive) {
  for (auto slot = first; slot < first + count; ++slot) {
    const auto at = static_cast<std::size_t>(slot);
    if (slot_taken_.at(at) || (is_exclusive && slot_readers_.at(at) > 0))
      return false;
  }
  for (auto slot = first; slot < first + count; ++slot) {
    const auto at = static_cast<std::size_t>(slot);
    if (is_exclusive)
      slot_taken_.at(at) = true;
    else
      ++slot_readers_.at(at);
    (is_exclusive ? by.exclusive : by.shared) |= bit_of(slot);
  }
  return true;
}

void simulated_locks::unlock_slots(held_locks& by, int first, int count) {
  for (auto slot = first; slot < first + count; ++slot) {
    const auto at = static_cast<std::size_t>(slot);
    if ((by.exclusive & bit_of(slot)) != 0)
      slot_taken_.at(at) = false;
    if ((by.shared & bit_of(slot)) != 0)
      --slot_readers_.at(at);
    by.exclusive &= ~bit_of(slot);
    by.shared &= ~bit_of(slot);
  }
}

void* simulated_locks::map(held_locks& by, std::size_t region,
                           std::size_t bytes, bool make) {
  if (!by.is_mapped) {
    by.is_mapped = true;
    ++mappings_;
  }
  if (region >= regions_.size() && !make)
    return nullptr;
  while (region >= regions_.size())
    regions_.push_back(std::make_unique<std::byte[]>(bytes));
  return regions_[region].get();
}

void simulated_locks::unmap(held_locks& by) {
  unlock_slots(by, 0, static_cast<int>(slots));
  if (!by.is_mapped)
    return;
  by.is_mapped = false;
  if (--mappings_ == 0)
    regions_.clear();
}

} // namespace holdfast::storage
