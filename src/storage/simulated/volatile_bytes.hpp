// The bytes of a file whose disk may lose, tear and reorder what is not synced.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/dice.hpp"

namespace holdfast::storage {

/// What a process sees of a file, and what of it is sure to survive. A disk
/// writes a sector whole or not at all, unless power goes in the middle of it;
/// bytes beside those of a write stay what they were.
class volatile_bytes {
public:
  /// Up to `count` bytes.
  std::string_view read(std::uint64_t offset, std::size_t count) const;
  void write(std::uint64_t offset, std::string_view bytes);
  void truncate(std::uint64_t size);

  std::uint64_t size() const noexcept {
    return seen_.size();
  }

  /// All of it is safe from here on.
  void sync();
  /// A sync that failed, by Linux's rules: some of what was written is lost
  /// though the process goes on to see it, and no later sync brings it back.
  void fail_sync(dice& luck);
  /// Power is off: of what was not synced some writes survive, some do not,
  /// some in part, in whatever order.
  void lose_power(dice& luck);

private:
  /// A write, or with `cuts` a new size.
  struct change {
    std::uint64_t offset = 0;
    std::string bytes;
    bool cuts = false;
  };

  void tear(const change& what, dice& luck);

  std::string seen_;
  std::string safe_;
  /// What leads from `safe_` to `seen_`, oldest first.
  std::vector<change> open_;
};

} // namespace holdfast::storage
