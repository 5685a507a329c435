#include "src/cli/load/http_connection.hpp"

#include <cerrno>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "holdfast/roster.hpp"
#include "src/cli/load/socket_address.hpp"
#include "src/cli/load/transport.hpp"

namespace holdfast::cli {

namespace {

constexpr int ok = 200;
constexpr int unauthorized = 401;
constexpr int forbidden = 403;
constexpr int too_many_requests = 429;
constexpr int service_unavailable = 503;
constexpr int gateway_timeout = 504;

} // namespace

http_connection::http_connection(http_connection&& other) noexcept
    : to_(other.to_), fd_(std::exchange(other.fd_, -1)),
      is_opening_(std::exchange(other.is_opening_, false)),
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
  is_opening_ = false;
  received_.clear();
  taken_ = 0;
}

http_connection::state http_connection::open() {
  if (fd_ >= 0)
    return is_opening_ ? state::opening : state::open;
  const socket_address to{to_->address, to_->port};
  fd_ = ::socket(to.family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd_ < 0)
    throw load_failure{errno == EAFNOSUPPORT
                           ? to_->address + " is of a protocol that is off"
                           : "too many connections for this process"};
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(fd_, to.data(), to.size()) == 0)
    return state::open;
  if (errno == EINPROGRESS) {
    is_opening_ = true;
    return state::opening;
  }
  close();
  return state::closed;
}

bool http_connection::finish_open() {
  int error = 0;
  socklen_t size = sizeof error;
  is_opening_ = false;
  if (::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0)
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

/// All of it may take so long.
http_connection::progress
http_connection::exchange(const std::string& request,
                          std::chrono::milliseconds patience) {
  using clock = std::chrono::steady_clock;
  const auto end = clock::now() + patience;
  const auto is_ready = [&](short what) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(end - clock::now());
    pollfd wait{fd_, what, 0};
    return left.count() > 0
           && ::poll(&wait, 1, static_cast<int>(left.count())) > 0;
  };
  const auto now = open();
  if (now == state::closed
      || (now == state::opening && !(is_ready(POLLOUT) && finish_open())))
    throw node_away{"nobody accepts connections at "
                    + to_string(node_address{to_->address, to_->port})};
  auto state = send(request) ? progress::more : progress::lost;
  while (state == progress::more)
    state = is_ready(POLLIN) ? receive() : progress::lost;
  return state;
}

std::string http_connection::ask(const std::string& line,
                                 const std::string& rest,
                                 std::chrono::milliseconds patience) {
  if (exchange(line + to_->fields() + rest, patience) == progress::lost) {
    close();
    throw node_away{"no answer to " + line};
  }
  const auto status = answer_.status;
  auto body = std::string{answer_.body};
  if (answer_.is_last)
    close();
  const auto told =
      line + " was answered " + std::to_string(status) + ' ' + body;
  if (status == too_many_requests || status == service_unavailable
      || status == gateway_timeout)
    throw node_away{told};
  if (status == unauthorized || status == forbidden)
    throw not_allowed{told};
  if (status != ok)
    throw load_failure{told};
  return body;
}

std::string http_connection::get(const std::string& target,
                                 std::chrono::milliseconds patience) {
  return ask("GET " + target, "\r\n", patience);
}

std::string http_connection::post(const std::string& target,
                                  std::chrono::milliseconds patience) {
  return ask("POST " + target,
             "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
             patience);
}

} // namespace holdfast::cli
