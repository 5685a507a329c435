#include "tests/support/notify_socket.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <system_error>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace holdfast::test {

notify_socket::notify_socket(const std::string& address)
    : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  std::memcpy(at.sun_path, address.data(), address.size());
  if (address.front() == '@')
    at.sun_path[0] = '\0';
  const auto size = offsetof(sockaddr_un, sun_path) + address.size();
  if (::bind(socket_, reinterpret_cast<sockaddr*>(&at),
             static_cast<socklen_t>(size))
      != 0)
    throw std::system_error{errno, std::generic_category(), "bind"};
}

notify_socket::~notify_socket() {
  ::close(socket_);
}

std::optional<std::string>
notify_socket::receive(std::chrono::milliseconds within) {
  pollfd ready{socket_, POLLIN, 0};
  if (::poll(&ready, 1, static_cast<int>(within.count())) <= 0)
    return std::nullopt;
  std::array<char, 1'024> message;
  const auto size = ::recv(socket_, message.data(), message.size(), 0);
  if (size < 0)
    return std::nullopt;
  return std::string{message.data(), static_cast<std::size_t>(size)};
}

} // namespace holdfast::test
