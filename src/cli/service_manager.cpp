#include "src/cli/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "src/config/value.hpp"

namespace holdfast::cli {

namespace {

std::string variable(const char* name) {
  const auto* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The watchdog is for another process where WATCHDOG_PID names one.
std::optional<service_manager::clock::duration> watchdog_period() {
  constexpr int beats = 4;
  const auto strikes_us = config::parse_integer(variable("WATCHDOG_USEC"));
  const auto pid = variable("WATCHDOG_PID");
  if (!strikes_us || *strikes_us <= 0
      || (!pid.empty() && pid != std::to_string(::getpid())))
    return std::nullopt;
  return std::chrono::microseconds{*strikes_us / beats};
}

} // namespace

service_manager::service_manager()
    : address_(variable("NOTIFY_SOCKET")), period_(watchdog_period()) {
  const auto is_known = !address_.empty()
                        && (address_.front() == '/' || address_.front() == '@')
                        && address_.size() < sizeof(sockaddr_un::sun_path);
  if (is_known)
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

service_manager::~service_manager() {
  if (socket_ >= 0)
    ::close(socket_);
}

void service_manager::ready() const {
  send("READY=1");
}

void service_manager::stopping() const {
  send("STOPPING=1");
}

bool service_manager::is_due(clock::time_point now) const {
  return socket_ >= 0 && period_ && now >= next_;
}

void service_manager::alive(clock::time_point now) {
  send("WATCHDOG=1");
  next_ = now + *period_;
}

void service_manager::send(std::string_view message) const {
  if (socket_ < 0)
    return;
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, address_.data(), address_.size());
  // An @ stands for the zero byte of an abstract address.
  if (to.sun_path[0] == '@')
    to.sun_path[0] = '\0';
  const auto size = offsetof(sockaddr_un, sun_path) + address_.size();
  ::sendto(socket_, message.data(), message.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&to),
           static_cast<socklen_t>(size));
}

} // namespace holdfast::cli
