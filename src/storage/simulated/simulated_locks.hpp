// Locks and shared memory of one file, as SQLite wants them of its host
// (https://sqlite.org/c3ref/io_methods.html).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

namespace holdfast::storage {

/// What one connection holds of a file.
struct held_locks {
  /// One of SQLite's five levels.
  int level = 0;
  /// Bits of slots of the shared memory.
  std::uint32_t shared = 0;
  std::uint32_t exclusive = 0;
  bool is_mapped = false;
};

/// All connections of a process. Nobody waits: what cannot be had is refused.
/// Not thread-safe.
class simulated_locks {
public:
  /// False if another connection is in the way.
  bool lock(held_locks& by, int level);
  void unlock(held_locks& by, int level);
  bool is_reserved() const noexcept {
    return writers_ > 0;
  }

  /// Locks slots `first` to `first + count - 1`, or lets go of them.
  bool lock_slots(held_locks& by, int first, int count, bool is_exclusive);
  void unlock_slots(held_locks& by, int first, int count);

  /// Memory that goes with the last connection; null if it is not there and is
  /// not to be made.
  void* map(held_locks& by, std::size_t region, std::size_t bytes, bool make);
  void unmap(held_locks& by);

private:
  static constexpr std::size_t slots = 8;

  int readers_ = 0;
  /// Connections beyond the shared level, at most one.
  int writers_ = 0;
  bool is_pending_ = false;
  std::array<int, slots> slot_readers_{};
  std::array<bool, slots> slot_taken_{};
  int mappings_ = 0;
  std::vector<std::unique_ptr<std::byte[]>> regions_;
};

} // namespace holdfast::storage
