// What the kernel knows about this process.
#pragma once

#include <cstdint>

namespace holdfast::telemetry {

// Read from /proc and by system calls; 0 where one of them does not tell.
// Thread-safe.

std::uint64_t resident_bytes();
/// Has the kernel list all of them, ten thousand where there are as many
/// connections: once a page, not for requests.
std::uint64_t open_files();
/// RLIMIT_NOFILE.
std::uint64_t open_files_max();
/// Time on a processor, in user and kernel mode.
double cpu_seconds();

} // namespace holdfast::telemetry
