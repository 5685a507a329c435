// What callers and server prove to each other who they are with.
#pragma once

#include <memory>

namespace holdfast::access {
class key_ring;
} // namespace holdfast::access

namespace asio::ssl {
class context;
} // namespace asio::ssl

namespace holdfast::http {

/// Values that never change; a reload brings others.
struct credentials {
  /// Who may call; null asks nobody.
  std::shared_ptr<const access::key_ring> keys;
  /// Certificate and key of the server; null speaks plain HTTP. A server that
  /// has one at its start keeps having one.
  std::shared_ptr<asio::ssl::context> tls;
};

} // namespace holdfast::http
