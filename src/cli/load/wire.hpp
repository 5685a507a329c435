// Questions and answers as HTTP/1.1 has them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "holdfast/outcome.hpp"

namespace holdfast::cli {

/// Where requests go, and who sends them.
struct http_base {
  /// An address of IPv4 or IPv6.
  std::string address;
  std::uint16_t port = 80;
  /// The secret of an API key, empty for none.
  std::string key;
  /// What it was called, empty for its address.
  std::string name = {};

  /// The fields that all requests have, after the request line.
  std::string fields() const;
};

/// Takes `http://HOST:PORT` apart and looks up the address of HOST, which may
/// be one, in brackets if it is of IPv6. Throws `load_failure` for anything
/// else, and for a name that nobody knows.
http_base parse_base(const std::string& text, const std::string& key);

/// The whole request.
std::string to_request(const command& ask, const http_base& to);

/// An answer, not yet understood.
struct wire_answer {
  int status = 0;
  std::string_view fields;
  std::string_view body;
  /// Bytes of all of it.
  std::size_t size = 0;
  /// The peer closes the connection after it.
  bool is_last = false;
};

/// The answer at the front of `bytes`, nothing while it is not whole. Throws
/// `load_failure` for what is no answer.
std::optional<wire_answer> parse_answer(std::string_view bytes);

/// What it means for `ask`. Throws `load_failure` for an answer that is none
/// of the contract.
outcome to_outcome(const wire_answer& from, action asked);

} // namespace holdfast::cli
