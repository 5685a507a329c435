// What systemd does with NOTIFY_SOCKET.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace holdfast::test {

/// Takes the datagrams of a service. Throws `std::system_error`.
class notify_socket {
public:
  /// `address` is a path, or a name after an `@`.
  explicit notify_socket(const std::string& address);
  notify_socket(const notify_socket&) = delete;
  notify_socket& operator=(const notify_socket&) = delete;
  ~notify_socket();

  /// The next message. Nothing if none comes in time.
  std::optional<std::string> receive(std::chrono::milliseconds within);

private:
  int socket_ = -1;
};

} // namespace holdfast::test
