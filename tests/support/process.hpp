// A program under test: started, watched and ended by the test.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace holdfast::test {

struct process_plan {
  /// The program, looked up in PATH, and its arguments.
  std::vector<std::string> command;
  /// `NAME=value`, on top of what any program needs of that of the test.
  std::vector<std::string> environment;
  /// Files that take its two outputs; emptied first.
  std::string out_path;
  std::string err_path;
};

/// How a process ended.
struct process_end {
  /// Exit code, or the signal that ended it.
  int code = 0;
  bool by_signal = false;

  bool is_exit(int wanted) const noexcept {
    return !by_signal && code == wanted;
  }
  bool operator==(const process_end&) const = default;
};

/// A child in a process group of its own, killed at the latest with this
/// object or with the test. Not thread-safe.
class process {
public:
  /// Throws `std::system_error`. A program that cannot be run ends with 127.
  explicit process(process_plan plan);
  process(const process&) = delete;
  process& operator=(const process&) = delete;
  ~process();

  pid_t pid() const noexcept {
    return pid_;
  }

  /// To the child alone. Nothing happens if it has ended. SIGSTOP has taken
  /// effect, on all of its threads, when this returns.
  void send(int signal);
  /// SIGKILL to its whole group, so that a tracer dies with what it traces;
  /// returns when all of them are gone, with their locks and ports.
  void kill();

  /// Nothing if it still runs after `within`.
  std::optional<process_end> wait(std::chrono::milliseconds within);
  bool is_running() {
    return !wait(std::chrono::milliseconds{0});
  }

  /// The first line of standard output that begins with `head`, complete.
  /// Nothing if the process ends or time runs out before it has written one.
  std::optional<std::string> wait_for_line(const std::string& head,
                                           std::chrono::milliseconds within);

  std::string out() const;
  std::string err() const;

private:
  process_plan plan_;
  pid_t pid_ = -1;
  int pid_handle_ = -1;
  std::optional<process_end> end_;
};

/// Content of a file, empty if there is none.
std::string read_text(const std::string& path);

/// Runs a program to its end. Nothing if it took longer than `within`.
std::optional<process_end> run(const process_plan& plan,
                               std::chrono::milliseconds within);

} // namespace holdfast::test
