// The API keys of a node, by the hashes of their secrets.
#pragma once

#include <cstddef>
#include <vector>

#include "holdfast/access.hpp"
#include "holdfast/command.hpp"

namespace holdfast::access {

/// One line of the key file.
struct api_key {
  principal who;
  /// SHA-256 of the secret. Secrets themselves are kept nowhere.
  digest hash{};
};

/// Never changes once it is made, so any thread may look into it. A reload
/// makes another one.
class key_ring {
public:
  /// No two of `keys` have the same hash.
  explicit key_ring(std::vector<api_key> keys);

  /// Whose secret has this hash; null if nobody's. Valid as long as the ring.
  /// How long it takes tells nothing about a secret: an attacker would have to
  /// choose hashes, and candidates are compared in constant time.
  const principal* find(const digest& hash) const noexcept;

  std::size_t size() const noexcept {
    return keys_.size();
  }

private:
  /// In the order of the first bytes of their hashes.
  std::vector<api_key> keys_;
};

} // namespace holdfast::access
