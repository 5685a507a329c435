// Which keys have a request that is not answered yet.
#pragma once

#include <cstddef>
#include <vector>

#include "holdfast/idempotency.hpp"

namespace holdfast {

/// A set of key hashes, for few of them that come and go all the time: open
/// addressing with linear probing in one block, and removal by moving back what
/// follows (Knuth, volume 3, 6.4, algorithm R). Whoever chooses keys for it can
/// aim them at one home: a look-up costs no more than there are requests under
/// way. The block keeps its size until `clear`. Not thread-safe.
class running_keys {
public:
  bool contains(const key_hash& hash) const noexcept;
  /// Requires that `hash` is not in it.
  void insert(const key_hash& hash);
  /// Does nothing if `hash` is not in it.
  void erase(const key_hash& hash) noexcept;
  void clear() noexcept;
  std::size_t size() const noexcept {
    return size_;
  }

private:
  /// Places are at most three quarters full.
  struct place {
    key_hash hash;
    bool is_taken = false;
  };

  std::size_t home(const key_hash& hash) const noexcept {
    return hash.low & (places_.size() - 1);
  }
  std::size_t after(std::size_t index) const noexcept {
    return (index + 1) & (places_.size() - 1);
  }
  /// Where `hash` is, or the free place where it belongs.
  std::size_t locate(const key_hash& hash) const noexcept;
  void grow();

  /// A power of two, or none at all.
  std::vector<place> places_;
  std::size_t size_ = 0;
};

} // namespace holdfast
