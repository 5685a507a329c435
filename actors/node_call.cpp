#include "actors/node_call.hpp"

#include <cerrno>
#include <memory>
#include <string>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

struct free_addresses {
  void operator()(addrinfo* list) const {
    freeaddrinfo(list);
  }
};
using addresses = std::unique_ptr<addrinfo, free_addresses>;

addresses look_up(const node_address& to) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const auto port = std::to_string(to.port);
  if (getaddrinfo(to.host.c_str(), port.c_str(), &hints, &found) != 0)
    return nullptr;
  return addresses{found};
}

/// True if the call that began on `socket` is accepted in time.
bool is_accepted(int socket) {
  pollfd wait{socket, POLLOUT, 0};
  const auto millis = static_cast<int>(limits::dial_timeout.count());
  int got = 0;
  do
    got = poll(&wait, 1, millis);
  while (got < 0 && errno == EINTR);
  int error = 0;
  socklen_t size = sizeof error;
  return got == 1
         && getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0
         && error == 0;
}

int call(const addrinfo& to) {
  const auto kind = to.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC;
  const auto made = socket(to.ai_family, kind, to.ai_protocol);
  if (made < 0)
    return -1;
  if (connect(made, to.ai_addr, to.ai_addrlen) == 0
      || (errno == EINPROGRESS && is_accepted(made)))
    return made;
  close(made);
  return -1;
}

} // namespace

int call_node(const node_address& to) {
  const auto found = look_up(to);
  for (const auto* each = found.get(); each; each = each->ai_next)
    if (const auto made = call(*each); made >= 0)
      return made;
  return -1;
}

} // namespace holdfast
