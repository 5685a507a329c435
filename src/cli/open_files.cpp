#include "src/cli/open_files.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include <sys/resource.h>

#include "holdfast/limits.hpp"

namespace holdfast::cli {

namespace {

/// What it waits with, what wakes it, its timer and where it listens.
constexpr std::size_t files_per_thread = 4;

} // namespace

std::size_t make_room_for_connections(std::size_t wanted,
                                      std::size_t io_threads) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  ::getrlimit(RLIMIT_NOFILE, &files);
  const auto all = static_cast<std::size_t>(files.rlim_cur);
  const auto own = limits::reserved_files + io_threads * files_per_thread;
  if (all <= own)
    throw std::runtime_error{"a limit of " + std::to_string(all)
                             + " open files leaves none for a "
                               "connection: at least "
                             + std::to_string(own + 1) + " are needed"};
  return std::min(wanted, all - own);
}

} // namespace holdfast::cli
