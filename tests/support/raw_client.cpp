#include "tests/support/raw_client.hpp"

#include <cctype>
#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast {

namespace {

bool is_same_name(std::string_view left, std::string_view right) {
  if (left.size() != right.size())
    return false;
  for (std::size_t i = 0; i < left.size(); ++i)
    if (std::tolower(static_cast<unsigned char>(left[i]))
        != std::tolower(static_cast<unsigned char>(right[i])))
      return false;
  return true;
}

bool parse_status_line(std::string_view line, raw_response& into) {
  constexpr std::string_view version = "HTTP/1.1 ";
  if (line.size() < version.size() + 4 || line.substr(0, 9) != version
      || line[12] != ' ')
    return false;
  into.status = std::stoi(std::string{line.substr(9, 3)});
  into.reason = line.substr(13);
  return true;
}

bool parse_field(std::string_view line, raw_response& into) {
  const auto colon = line.find(": ");
  if (colon == 0 || colon == std::string_view::npos)
    return false;
  into.fields.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  return true;
}

/// Calls with a limit of time are not taken up again by the system after a
/// signal, not even after one that nobody listens to: a child that stops, or
/// this process itself that stops and goes on.
template <class Call>
ssize_t undisturbed(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR)
      return result;
  }
}

} // namespace

std::string raw_response::field(std::string_view name) const {
  std::string found;
  int count = 0;
  for (const auto& [key, value] : fields)
    if (is_same_name(key, name)) {
      found = value;
      ++count;
    }
  return count == 1 ? found : std::string{};
}

raw_client::raw_client(std::uint16_t port, std::chrono::milliseconds timeout,
                       const char* from)
    : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  timeval limit{};
  limit.tv_sec = timeout.count() / 1000;
  limit.tv_usec = timeout.count() % 1000 * 1000;
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (from != nullptr) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    ::inet_pton(AF_INET, from, &at.sin_addr);
    ::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at);
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto result = undisturbed([&] {
    return ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  });
  // What goes on after a signal may be there already.
  if (result != 0 && errno != EISCONN) {
    const auto why = errno;
    ::close(fd_);
    throw std::system_error(why, std::generic_category(), "connect");
  }
}

raw_client::~raw_client() {
  if (fd_ >= 0)
    ::close(fd_);
}

bool raw_client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = undisturbed(
        [&] { return ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); });
    if (sent <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void raw_client::close_sending() {
  ::shutdown(fd_, SHUT_WR);
}

void raw_client::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  ::close(fd_);
  fd_ = -1;
}

std::string raw_client::take(std::size_t size) {
  std::string taken;
  if (!take_exactly(size, taken))
    taken = std::exchange(received_, {});
  return taken;
}

bool raw_client::fill() {
  char buffer[64 * 1024];
  const auto count =
      undisturbed([&] { return ::recv(fd_, buffer, sizeof buffer, 0); });
  if (count <= 0)
    return false;
  received_.append(buffer, static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> raw_client::take_until(std::string_view mark) {
  std::size_t at = 0;
  while ((at = received_.find(mark)) == std::string::npos)
    if (!fill())
      return std::nullopt;
  auto text = received_.substr(0, at);
  received_.erase(0, at + mark.size());
  return text;
}

bool raw_client::take_exactly(std::size_t size, std::string& into) {
  while (received_.size() < size)
    if (!fill())
      return false;
  into = received_.substr(0, size);
  received_.erase(0, size);
  return true;
}

std::optional<raw_response> raw_client::receive(bool to_head_request) {
  raw_response response;
  const auto line = take_until("\r\n");
  if (!line || !parse_status_line(*line, response))
    return std::nullopt;
  for (;;) {
    const auto field = take_until("\r\n");
    if (!field || (!field->empty() && !parse_field(*field, response)))
      return std::nullopt;
    if (field->empty())
      break;
  }
  if (to_head_request || response.status < 200 || response.status == 304)
    return response;
  const auto length = response.field("Content-Length");
  if (length.empty() || !take_exactly(std::stoul(length), response.body))
    return std::nullopt;
  return response;
}

bool raw_client::is_closed_by_peer() {
  char byte = 0;
  return received_.empty()
         && undisturbed([&] { return ::recv(fd_, &byte, 1, 0); }) == 0;
}

bool raw_client::is_ended_by_peer() {
  char buffer[4 * 1024];
  for (;;) {
    const auto count =
        undisturbed([&] { return ::recv(fd_, buffer, sizeof buffer, 0); });
    if (count <= 0)
      return count == 0 || errno == ECONNRESET;
  }
}

} // namespace holdfast
