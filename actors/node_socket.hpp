// How nodes read and write their sockets: plain, or over TLS.
#pragma once

#include <cstddef>
#include <utility>

#include <caf/openssl/session.hpp>
#include <caf/policy/tcp.hpp>
#include <openssl/err.h>

namespace holdfast {

/// For loopback.
struct plain_socket : caf::policy::tcp {
  static constexpr bool has_handshake = false;
};

/// Over the session that CAF's OpenSSL module makes from the certificate of
/// the node: both sides have to show one that the authority signed. What went
/// wrong in one session stays in the error queue of the thread, where the next
/// session would find it and take it for its own (`SSL_get_error`), and CAF
/// does not clear it.
class tls_socket {
public:
  static constexpr bool has_handshake = true;
  using native_socket = caf::io::network::native_socket;
  using rw_state = caf::io::network::rw_state;

  explicit tls_socket(caf::openssl::session_ptr session)
      : session_(std::move(session)) {
    // nop
  }

  rw_state read_some(std::size_t& count, native_socket from, void* to,
                     std::size_t size) {
    ERR_clear_error();
    return session_->read_some(count, from, to, size);
  }
  rw_state write_some(std::size_t& count, native_socket to, const void* from,
                      std::size_t size) {
    ERR_clear_error();
    return session_->write_some(count, to, from, size);
  }
  bool must_read_more(native_socket from, std::size_t threshold) {
    return session_->must_read_more(from, threshold);
  }

private:
  caf::openssl::session_ptr session_;
};

} // namespace holdfast
