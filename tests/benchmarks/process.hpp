// Programs that the benchmarks start, measure and end.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace holdfast::bench {

using command = std::vector<std::string>;
using environment = std::map<std::string, std::string>;

/// The command as one would type it.
std::string to_text(const command& what, const environment& with = {});

/// A child that never outlives its owner. Throws `std::runtime_error` where
/// the system refuses.
class process {
public:
  explicit process(const command& what, const environment& with = {});
  process(const process&) = delete;
  process& operator=(const process&) = delete;
  /// Kills the child if it still runs.
  ~process();

  /// The next line of its standard output; nothing at the end of it, or if
  /// none comes in time.
  std::optional<std::string> read_line(std::chrono::milliseconds within);
  /// Sends `signal` and waits. Exit code, 128 + signal if a signal ended it.
  int stop(int signal);
  /// Waits for the end it comes to by itself.
  int wait();
  /// What it has in memory now, and the most it ever had, in bytes.
  std::uint64_t resident_bytes() const {
    return status_bytes("VmRSS:");
  }
  std::uint64_t peak_bytes() const {
    return status_bytes("VmHWM:");
  }

private:
  std::uint64_t status_bytes(const std::string& field) const;

  pid_t pid_ = -1;
  int output_ = -1;
  std::string received_;
};

/// Runs `what` to its end. Its standard output; throws unless it exits with 0.
std::string run(const command& what, const environment& with = {});

} // namespace holdfast::bench
