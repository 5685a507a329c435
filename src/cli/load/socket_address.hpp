// Names and addresses as sockets have them.
#pragma once

#include <cstdint>
#include <string>

#include <sys/socket.h>

namespace holdfast::cli {

/// Where to connect: an IPv4 or IPv6 address, and a port.
class socket_address {
public:
  /// Throws `load_failure` if `address` is none.
  socket_address(const std::string& address, std::uint16_t port);

  int family() const noexcept {
    return bytes_.ss_family;
  }
  const sockaddr* data() const noexcept {
    return reinterpret_cast<const sockaddr*>(&bytes_);
  }
  socklen_t size() const noexcept {
    return size_;
  }

private:
  sockaddr_storage bytes_{};
  socklen_t size_ = 0;
};

/// An address of `host`, of IPv4 if it has one. Waits for the resolver of the
/// system; throws `load_failure` if that knows no such host.
std::string resolve(const std::string& host);

} // namespace holdfast::cli
