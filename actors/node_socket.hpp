// How nodes read and write their sockets: plain, or over TLS.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include <caf/openssl/session.hpp>
#include <caf/policy/tcp.hpp>
#include <openssl/err.h>

#include "actors/node_fault.hpp"

namespace holdfast {

/// For loopback.
struct plain_socket : caf::policy::tcp {
  static constexpr bool has_handshake = false;

  bool waits_for_peer() const noexcept {
    return false;
  }
};

/// Why TLS failed just now on this thread, in the words of OpenSSL; empty where
/// the other side only hung up. CAF says no more than that it failed.
inline std::string tls_fault() {
  const auto code = ERR_peek_error();
  if (code == 0 || ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
    return {};
  const auto* why = ERR_reason_error_string(code);
  return std::string{"TLS: "} + (why ? why : "it failed");
}

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

  tls_socket(caf::openssl::session_ptr session, tls_listener on_refusal)
      : session_(std::move(session)), on_refusal_(std::move(on_refusal)) {
    // nop
  }

  rw_state read_some(std::size_t& count, native_socket from, void* to,
                     std::size_t size) {
    ERR_clear_error();
    const auto is = session_->read_some(count, from, to, size);
    is_open_ = is_open_ || count > 0;
    waits_for_peer_ = waits_for_peer_ && is == rw_state::failure;
    tell_refusal(is);
    return is;
  }
  rw_state write_some(std::size_t& count, native_socket to, const void* from,
                      std::size_t size) {
    waits_for_peer_ = false;
    // Only who has nothing to write is told whether the handshake waits to read
    // or to write.
    if (!is_open_ && size > 0) {
      const auto is = try_write(count, to, from, 0);
      if (is != rw_state::indeterminate)
        return is;
    }
    const auto is = try_write(count, to, from, size);
    is_open_ = is_open_ || count > 0;
    // What is written first is far smaller than what a socket takes.
    waits_for_peer_ = !is_open_ && size > 0 && is == rw_state::success;
    return is;
  }
  /// A write came to nothing, and will until the other side goes on with the
  /// handshake; nothing was read since.
  bool waits_for_peer() const noexcept {
    return waits_for_peer_;
  }
  bool must_read_more(native_socket from, std::size_t threshold) {
    return session_->must_read_more(from, threshold);
  }

private:
  rw_state try_write(std::size_t& count, native_socket to, const void* from,
                     std::size_t size) {
    ERR_clear_error();
    const auto is = session_->write_some(count, to, from, size);
    tell_refusal(is);
    return is;
  }
  /// Who only hangs up is not refused.
  void tell_refusal(rw_state is) {
    if (is != rw_state::failure || is_open_ || !on_refusal_)
      return;
    if (const auto why = tls_fault(); !why.empty())
      std::exchange(on_refusal_, nullptr)(why);
  }

  caf::openssl::session_ptr session_;
  tls_listener on_refusal_;
  /// Data has gone either way, so the handshake is over.
  bool is_open_ = false;
  bool waits_for_peer_ = false;
};

} // namespace holdfast
