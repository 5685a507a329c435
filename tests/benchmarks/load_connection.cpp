#include "tests/benchmarks/load_connection.hpp"

#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::bench {

namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int number_at(std::string_view text, std::size_t at) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + text.size(), value);
  return value;
}

} // namespace

load_connection::load_connection(std::uint16_t port)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    fail("connect");
}

load_connection::load_connection(load_connection&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), due_(other.due_),
      received_(std::move(other.received_)) {
  // nop
}

load_connection::~load_connection() {
  if (fd_ >= 0)
    ::close(fd_);
}

void load_connection::send(std::string_view request, clock::time_point due) {
  due_ = due;
  // Far below the size of the socket's buffer, so it is taken whole.
  const auto sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
  if (sent != static_cast<ssize_t>(request.size()))
    fail("send");
}

std::optional<int> load_connection::receive() {
  char bytes[4096];
  const auto count = ::recv(fd_, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && errno == EAGAIN)
    return std::nullopt;
  if (count <= 0)
    throw std::runtime_error("the server broke off a connection");
  received_.append(bytes, static_cast<std::size_t>(count));
  const auto body = received_.find("\r\n\r\n");
  if (body == std::string::npos)
    return std::nullopt;
  constexpr std::string_view length = "\r\nContent-Length: ";
  const auto field = received_.find(length);
  if (field > body)
    throw std::runtime_error("an answer without a length");
  const auto size = number_at(received_, field + length.size());
  if (received_.size() < body + 4 + static_cast<std::size_t>(size))
    return std::nullopt;
  const auto status =
      number_at(received_, std::string_view{"HTTP/1.1 "}.size());
  received_.clear();
  return status;
}

} // namespace holdfast::bench
