#include "http/authority_scanner.hpp"

#include "http/edge_bytes.hpp"

namespace holdfast::http {

bool authority_scanner::feed(char byte) noexcept {
  switch (at_) {
  case place::name:
    return feed_name(byte);
  case place::first_hex:
    at_ = place::second_hex;
    return is_in(hex_byte, byte);
  case place::second_hex:
    at_ = place::name;
    return is_in(hex_byte, byte);
  case place::literal:
    return feed_literal(byte);
  case place::after_literal:
    at_ = place::port;
    return byte == ':';
  case place::port:
    return feed_port(byte);
  }
  return false;
}

const char* authority_scanner::skip_name(const char* at,
                                         const char* end) noexcept {
  if (at_ != place::name)
    return at;
  const auto* const stop = skip(name_byte, at, end);
  nameless_ = nameless_ && stop == at;
  return stop;
}

bool authority_scanner::feed_name(char byte) noexcept {
  if (byte == ':') {
    at_ = place::port;
    return true;
  }
  const auto first = nameless_;
  nameless_ = false;
  if (byte == '[') {
    at_ = place::literal;
    return first;
  }
  if (byte == '%') {
    at_ = place::first_hex;
    return true;
  }
  return is_in(name_byte, byte);
}

bool authority_scanner::feed_literal(char byte) noexcept {
  if (byte == ']') {
    at_ = place::after_literal;
    return true;
  }
  return is_in(hex_byte, byte) || byte == ':' || byte == '.';
}

bool authority_scanner::feed_port(char byte) noexcept {
  constexpr std::uint32_t port_max = 65'535;
  if (!is_in(digit_byte, byte))
    return false;
  port_ = port_ * 10 + static_cast<std::uint32_t>(byte - '0');
  return port_ <= port_max;
}

} // namespace holdfast::http
