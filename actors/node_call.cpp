#include "actors/node_call.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using clock = std::chrono::steady_clock;

/// Of one name, called at once.
constexpr std::size_t addresses_max = 32;

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

bool is_among(const addrinfo* list, const addrinfo& sought) {
  for (; list; list = list->ai_next)
    if (list->ai_addrlen == sought.ai_addrlen
        && std::memcmp(list->ai_addr, sought.ai_addr, sought.ai_addrlen) == 0)
      return true;
  return false;
}

bool is_accepted(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0
         && error == 0;
}

/// Calls that have begun. Closes those that led to nothing.
class attempts {
public:
  attempts() = default;
  attempts(const attempts&) = delete;
  attempts& operator=(const attempts&) = delete;
  ~attempts() {
    for (const auto& each : open_)
      close(each.fd);
  }

  std::size_t size() const noexcept {
    return open_.size();
  }
  void begin(const addrinfo& to) {
    const auto kind = to.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC;
    const auto made = socket(to.ai_family, kind, to.ai_protocol);
    if (made < 0)
      return;
    if (connect(made, to.ai_addr, to.ai_addrlen) == 0 || errno == EINPROGRESS)
      open_.push_back({made, POLLOUT, 0});
    else
      close(made);
  }
  /// The first that is accepted, -1 if none is by then.
  int first_accepted(clock::time_point until) {
    while (!open_.empty() && wait(until))
      if (const auto made = take_accepted(); made >= 0)
        return made;
    return -1;
  }

private:
  /// False if there is no time left.
  bool wait(clock::time_point until) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - clock::now());
    if (left.count() <= 0)
      return false;
    poll(open_.data(), open_.size(), static_cast<int>(left.count()));
    return true;
  }
  /// Leaves out those that were refused.
  int take_accepted() {
    int made = -1;
    std::erase_if(open_, [&](auto& each) {
      if (std::exchange(each.revents, 0) == 0 || made >= 0)
        return false;
      if (is_accepted(each.fd))
        made = each.fd;
      else
        close(each.fd);
      return true;
    });
    return made;
  }

  std::vector<pollfd> open_;
};

} // namespace

std::vector<const addrinfo*> others_of(const addrinfo* found,
                                       const node_address& own) {
  const auto here = own.port == 0 ? nullptr : look_up(own);
  std::vector<const addrinfo*> all;
  for (; found; found = found->ai_next)
    all.push_back(found);
  auto others = all;
  std::erase_if(others,
                [&](const auto* each) { return is_among(here.get(), *each); });
  return others.empty() ? all : others;
}

int call_node(const node_address& to, const node_address& own) {
  const auto found = look_up(to);
  attempts all;
  for (const auto* each : others_of(found.get(), own))
    if (all.size() < addresses_max)
      all.begin(*each);
  return all.first_accepted(clock::now() + limits::dial_timeout);
}

} // namespace holdfast
