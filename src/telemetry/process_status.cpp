#include "src/telemetry/process_status.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <unistd.h>

namespace holdfast::telemetry {

namespace {

double seconds(const timeval& span) {
  return static_cast<double>(span.tv_sec)
         + static_cast<double>(span.tv_usec) / 1e6;
}

} // namespace

std::uint64_t resident_bytes() {
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  std::ifstream{"/proc/self/statm"} >> pages >> resident;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t open_files() {
  std::error_code error;
  const std::filesystem::directory_iterator all{"/proc/self/fd", error};
  if (error)
    return 0;
  // One of them is the directory itself.
  return static_cast<std::uint64_t>(std::distance(begin(all), end(all))) - 1;
}

std::uint64_t open_files_max() {
  rlimit limit{};
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

double cpu_seconds() {
  rusage used{};
  if (getrusage(RUSAGE_SELF, &used) != 0)
    return 0;
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

} // namespace holdfast::telemetry
