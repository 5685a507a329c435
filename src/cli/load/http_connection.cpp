#include "src/cli/load/http_connection.hpp"

#include <cerrno>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "src/cli/load/transport.hpp"

namespace holdfast::cli {

namespace {

constexpr int get_patience_ms = 10'000;

} // namespace

http_connection::http_connection(http_connection&& other) noexcept
    : to_(other.to_), fd_(std::exchange(other.fd_, -1)),
      received_(std::move(other.received_)), taken_(other.taken_) {
  // nop
}

http_connection::~http_connection() {
  close();
}

void http_connection::close() noexcept {
  if (fd_ >= 0)
    ::close(fd_);
  fd_ = -1;
  received_.clear();
  taken_ = 0;
}

bool http_connection::open() {
  if (fd_ >= 0)
    return true;
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(to_->port);
  if (::inet_pton(AF_INET, to_->host.c_str(), &to.sin_addr) != 1)
    throw load_failure{to_->host + " is no IPv4 address"};
  fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd_ < 0)
    throw load_failure{"too many connections for this process"};
  // Whoever does not answer at all must not hold up the others for long.
  const timeval connect_time{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &connect_time,
               sizeof connect_time);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
    return true;
  close();
  return false;
}

bool http_connection::send(std::string_view request) {
  received_.erase(0, std::exchange(taken_, 0));
  // Far below the size of the socket's buffer, so it is taken whole.
  const auto sent =
      ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent == static_cast<ssize_t>(request.size());
}

http_connection::progress http_connection::receive() {
  char bytes[16'384];
  received_.erase(0, std::exchange(taken_, 0));
  const auto count = ::recv(fd_, bytes, sizeof bytes, MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR))
    return progress::more;
  if (count <= 0)
    return progress::lost;
  received_.append(bytes, static_cast<std::size_t>(count));
  const auto found = parse_answer(received_);
  if (!found)
    return progress::more;
  answer_ = *found;
  taken_ = answer_.size;
  return progress::whole;
}

std::string http_connection::get(const std::string& target) {
  if (!open())
    throw load_failure{"nobody accepts connections at " + to_->host + ':'
                       + std::to_string(to_->port)};
  auto state = send("GET " + target + to_->fields() + "\r\n") ? progress::more
                                                              : progress::lost;
  while (state == progress::more) {
    pollfd ready{fd_, POLLIN, 0};
    state = ::poll(&ready, 1, get_patience_ms) > 0 ? receive() : progress::lost;
  }
  if (state == progress::lost)
    throw load_failure{"no answer to GET " + target};
  if (answer_.status != 200)
    throw load_failure{"GET " + target + " was answered "
                       + std::to_string(answer_.status) + ' '
                       + std::string{answer_.body}};
  auto body = std::string{answer_.body};
  if (answer_.is_last)
    close();
  return body;
}

} // namespace holdfast::cli
