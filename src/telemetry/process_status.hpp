// What the kernel knows about this process.
#pragma once

#include <cstdint>

namespace holdfast::telemetry {

/// Read from /proc and getrusage; 0 where one of them does not tell.
struct process_status {
  std::uint64_t resident_bytes = 0;
  std::uint64_t open_files = 0;
  /// RLIMIT_NOFILE.
  std::uint64_t open_files_max = 0;
  /// Time on a processor, in user and kernel mode.
  double cpu_seconds = 0;
};

/// Takes a system call per open file at worst: for pages, not for requests.
process_status read_process_status();

} // namespace holdfast::telemetry
