// Who a request counts against when it brings no name of its own.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include <asio/ip/address.hpp>

namespace holdfast::http {

/// An address as a text for `rate_limiter`. Of IPv6 the first 64 bits: one
/// subscriber has all of the rest (RFC 6177). An IPv4 address that is spelled
/// as IPv6 is the IPv4 address. Never equal to a name of visible characters.
class peer_name {
public:
  explicit peer_name(const asio::ip::address& of) {
    if (of.is_v4())
      set(4, of.to_v4().to_bytes(), 4);
    else if (of.to_v6().is_v4_mapped())
      set(4,
          asio::ip::make_address_v4(asio::ip::v4_mapped, of.to_v6()).to_bytes(),
          4);
    else
      set(6, of.to_v6().to_bytes(), 8);
  }

  std::string_view text() const noexcept {
    return {text_.data(), size_};
  }

private:
  template <class Bytes>
  void set(char family, const Bytes& bytes, std::size_t count) {
    text_[0] = family;
    for (std::size_t i = 0; i < count; ++i)
      text_[i + 1] = static_cast<char>(bytes[i]);
    size_ = count + 1;
  }

  std::array<char, 9> text_{};
  std::size_t size_ = 0;
};

} // namespace holdfast::http
