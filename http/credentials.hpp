// What callers and server prove to each other who they are with.
#pragma once

#include <memory>

namespace holdfast::access {
class key_ring;
} // namespace holdfast::access

namespace holdfast::http {

/// Values that never change; a reload brings others.
struct credentials {
  /// Who may call; null asks nobody.
  std::shared_ptr<const access::key_ring> keys;
};

} // namespace holdfast::http
