// Between the socket and RESTinio: hands on one checked request at a time. No
// I/O; the socket does what it is told.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/edge_scanner.hpp"

namespace holdfast::http {

/// The bytes of one connection. No byte of a head is handed on before the
/// whole head is known to be good, and none of the next request before it is
/// asked for. Keeps at most one request line, its fields and one read buffer.
/// Not thread-safe.
class edge_inbox {
public:
  /// What the socket has to do next.
  enum class step : std::uint8_t {
    /// The first `ready()` bytes of the buffer are good: hand them on.
    deliver,
    /// The same, after an interim answer 100 (RFC 9110, section 10.1.1).
    deliver_after_continue,
    /// Read from the peer.
    read,
    /// Answer with `refusal()` and close.
    refuse,
  };

  /// Something was read ahead, so `next` may need no read.
  bool has_bytes() const noexcept {
    return kept_at_ != kept_.size();
  }

  /// Goes on with what was read ahead. `buffer` is the reader's, of `size`
  /// bytes, more than 0.
  step next(char* buffer, std::size_t size);

  /// Goes on with the first `count` bytes of `buffer`, just read.
  step take(char* buffer, std::size_t size, std::size_t count);

  /// Bytes that were read and are kept.
  std::size_t kept() const noexcept {
    return kept_.size();
  }

  /// The peer sends no more. True if that is in the middle of a request, which
  /// is to be refused then (RFC 9112, section 8).
  bool finish() noexcept;

  std::size_t ready() const noexcept {
    return ready_;
  }

  const edge_scanner::result& refusal() const noexcept {
    return last_;
  }

  /// What came of the refused request, from its first byte on, and perhaps of
  /// others after it; empty if its head was handed on.
  std::string_view refused() const noexcept {
    return scanner_.is_past_head() ? std::string_view{}
                                   : std::string_view{kept_}.substr(kept_at_);
  }

  /// The refused request was a HEAD: its answer has no body.
  bool is_head_request() const noexcept {
    return scanner_.is_head_request();
  }

private:
  step scan_kept(char* buffer, std::size_t size);
  step deliver_kept(char* buffer, std::size_t size);
  step deliver(std::size_t count) noexcept;
  void drop_delivered();
  void forget_kept();

  edge_scanner scanner_;
  edge_scanner::result last_;
  std::size_t ready_ = 0;
  /// What was read and not handed on starts at `kept_at_`. Of that, the bytes
  /// before `good_to_` may be handed on, those before `scanned_to_` were
  /// scanned.
  std::string kept_;
  std::size_t kept_at_ = 0;
  std::size_t good_to_ = 0;
  std::size_t scanned_to_ = 0;
};

} // namespace holdfast::http
