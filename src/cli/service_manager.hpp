// Talks to systemd, where it started the process: the protocol of
// sd_notify(3), one datagram for each message.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::cli {

/// Nothing it does can fail or wait: who does not listen is not told. One
/// thread.
class service_manager {
public:
  using clock = std::chrono::steady_clock;

  /// Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
  service_manager();
  service_manager(const service_manager&) = delete;
  service_manager& operator=(const service_manager&) = delete;
  ~service_manager();

  /// The node can do its work.
  void ready() const;
  /// It begins to end.
  void stopping() const;

  /// True if a watchdog waits and it is time to say that all is well: four
  /// times in the period after which it would strike.
  bool is_due(clock::time_point now) const;
  /// All is well.
  void alive(clock::time_point now);

private:
  void send(std::string_view message) const;

  int socket_ = -1;
  std::string address_;
  std::optional<clock::duration> period_;
  clock::time_point next_{};
};

} // namespace holdfast::cli
