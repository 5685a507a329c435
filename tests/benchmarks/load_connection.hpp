// One connection of a load client.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::bench {

/// Sends requests one at a time to a port of the loopback. Throws
/// `std::runtime_error` when the peer breaks off.
class load_connection {
public:
  using clock = std::chrono::steady_clock;

  explicit load_connection(std::uint16_t port);
  load_connection(load_connection&& other) noexcept;
  ~load_connection();

  int descriptor() const noexcept {
    return fd_;
  }
  /// When the request under way should have been sent.
  clock::time_point due() const noexcept {
    return due_;
  }
  void send(std::string_view request, clock::time_point due);
  /// Reads what is there. The status once the answer is whole.
  std::optional<int> receive();

private:
  int fd_;
  clock::time_point due_;
  std::string received_;
};

} // namespace holdfast::bench
