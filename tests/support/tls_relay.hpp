// Lets a client that speaks plain TCP talk to a server over TLS.
#pragma once

#include <cstdint>
#include <memory>

namespace holdfast::test {

/// Listens on a free port of the loopback and carries each connection to
/// `target` over TLS: every byte, and the end of either direction. Takes any
/// certificate. Ends with its connections.
class tls_relay {
public:
  explicit tls_relay(std::uint16_t target);
  tls_relay(const tls_relay&) = delete;
  tls_relay& operator=(const tls_relay&) = delete;
  ~tls_relay();

  std::uint16_t port() const noexcept;

  /// Connections that the server ended without the closure alert.
  std::uint64_t truncated() const noexcept;

private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

} // namespace holdfast::test
