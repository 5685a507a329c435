// Faults at a chosen system call of a node, made by strace.
#pragma once

#include <csignal>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/process.hpp"

namespace holdfast::test {

/// The system calls by which a journal reaches the disk. Not every machine has
/// every kind of rename.
inline const std::string write_calls =
    "pwrite64,write,?rename,?renameat,?renameat2,ftruncate";
inline const std::string sync_calls = "fdatasync,fsync";

struct injection {
  std::string calls;
  /// What happens instead, e.g. `signal=KILL` or `error=EIO`.
  std::string what;
  /// Which of the calls that concern one of `paths`, e.g. `3` or `3+`.
  std::string when;
  std::vector<std::string> paths;
  /// Takes a line for each call.
  std::string log = "/dev/null";
};

/// The wrapper that does it.
std::vector<std::string> strace(const injection& of);

/// Everything that a node writes below its data directory.
std::vector<std::string> journal_paths(const std::string& data_dir);

/// The node that holds a data directory: a signal to its wrapper would not
/// reach it.
pid_t holder_of(const std::string& data_dir);

/// When the first call of a log was tampered with, on the monotonic clock.
std::optional<std::int64_t> injected_ns(const std::string& log);

/// True if `end` is that of a program that `signal=KILL` met: its tracer ends
/// by the same signal.
inline bool is_killed(const std::optional<process_end>& end) {
  return end == process_end{SIGKILL, true};
}

/// Kills a shell at its first write. False where that cannot be done to what
/// this process starts; says so.
bool can_trace();

} // namespace holdfast::test
