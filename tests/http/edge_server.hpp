// A server with nothing behind it but a handler that counts: what the edge
// lets through.
#pragma once

#include <cstdint>
#include <memory>

#include "tests/support/test_ca.hpp"

namespace holdfast::http {

/// Listens on a free port of the loopback from construction to destruction.
/// Answers 200 with `{method} {target}\n{body}`. A target that starts with
/// `/later` is answered from outside of the handler, `/large` with `large_size`
/// bytes after that text.
class edge_server {
public:
  static constexpr std::size_t large_size = 16 * 1024 * 1024;

  edge_server();
  /// Over TLS.
  explicit edge_server(const test::test_ca& as);
  edge_server(const edge_server&) = delete;
  edge_server& operator=(const edge_server&) = delete;
  ~edge_server();

  std::uint16_t port() const noexcept;

  /// Requests that reached the handler.
  std::uint64_t handled() const noexcept;

  struct impl;

private:
  std::unique_ptr<impl> impl_;
};

} // namespace holdfast::http
