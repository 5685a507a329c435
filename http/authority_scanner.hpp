// The syntax of a Host value, one byte at a time.
#pragma once

#include <cstdint>

namespace holdfast::http {

/// Accepts `uri-host [":" port]` (RFC 9110, section 7.2; RFC 3986, section
/// 3.2): a name, an IPv4 address or an IPv6 address in brackets. No user
/// information, no list. A name may be empty, as the grammar has it.
class authority_scanner {
public:
  /// False once the text so far is no beginning of an authority.
  bool feed(char byte) noexcept;

  /// Feeds the beginning of [at, end) that can only be part of a name, and
  /// returns where that ends: the fast way through most of a host.
  const char* skip_name(const char* at, const char* end) noexcept;

  /// True if the text so far is a whole authority.
  bool is_whole() const noexcept {
    return at_ == place::name || at_ == place::after_literal
           || at_ == place::port;
  }

  /// True if no byte of a host was seen.
  bool is_nameless() const noexcept {
    return nameless_;
  }

private:
  enum class place : std::uint8_t {
    name,
    first_hex,
    second_hex,
    literal,
    after_literal,
    port,
  };

  bool feed_name(char byte) noexcept;
  bool feed_literal(char byte) noexcept;
  bool feed_port(char byte) noexcept;

  place at_ = place::name;
  bool nameless_ = true;
  std::uint32_t port_ = 0;
};

} // namespace holdfast::http
