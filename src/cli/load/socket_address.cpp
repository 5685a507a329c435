#include "src/cli/load/socket_address.hpp"

#include <cstring>
#include <memory>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include "src/cli/load/transport.hpp"

namespace holdfast::cli {

namespace {

struct free_found {
  void operator()(addrinfo* all) const noexcept {
    ::freeaddrinfo(all);
  }
};

std::string text_of(const addrinfo& found) {
  char text[NI_MAXHOST] = "";
  const auto error = ::getnameinfo(found.ai_addr, found.ai_addrlen, text,
                                   sizeof text, nullptr, 0, NI_NUMERICHOST);
  if (error != 0)
    throw load_failure{::gai_strerror(error)};
  return text;
}

} // namespace

socket_address::socket_address(const std::string& address, std::uint16_t port) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    size_ = sizeof v4;
    std::memcpy(&bytes_, &v4, sizeof v4);
  } else if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    size_ = sizeof v6;
    std::memcpy(&bytes_, &v6, sizeof v6);
  } else {
    throw load_failure{address + " is no address"};
  }
}

std::string resolve(const std::string& host) {
  // Both protocols of the loopback have that name, and nodes listen on this.
  if (host == "localhost")
    return "127.0.0.1";
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const auto error = ::getaddrinfo(host.c_str(), nullptr, &wanted, &found);
  if (error != 0)
    throw load_failure{"cannot find " + host + ": " + ::gai_strerror(error)};
  const std::unique_ptr<addrinfo, free_found> all{found};
  for (const auto* each = found; each != nullptr; each = each->ai_next)
    if (each->ai_family == AF_INET)
      return text_of(*each);
  return text_of(*found);
}

} // namespace holdfast::cli
