#include "tests/support/process.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/environment.hpp"
#include "tests/support/wait.hpp"

namespace holdfast::test {

namespace {

constexpr int not_runnable = 127;

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// What the child does before it becomes the program: only calls that are
/// safe after a fork of a process with threads.
[[noreturn]] void become(char* const* arguments, char* const* environment,
                         const char* out_path, const char* err_path,
                         pid_t parent) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent)
    ::_exit(not_runnable);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND;
  const int in = ::open("/dev/null", O_RDONLY);
  const int out = ::open(out_path, flags, 0644);
  const int err = ::open(err_path, flags, 0644);
  if (::dup2(in, 0) == 0 && ::dup2(out, 1) == 1 && ::dup2(err, 2) == 2)
    ::execvpe(arguments[0], arguments, environment);
  ::_exit(not_runnable);
}

} // namespace

std::string read_text(const std::string& path) {
  std::ifstream from{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{from}, {}};
}

process::process(process_plan plan) : plan_(std::move(plan)) {
  // What a child leaves behind becomes a child of this process, and so can be
  // waited for.
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  const auto environment = environment_with(plan_.environment);
  const auto argument_pointers = pointers(plan_.command);
  const auto environment_pointers = pointers(environment);
  // Emptied here already, so that nobody reads what an earlier one wrote.
  for (const auto* path : {&plan_.out_path, &plan_.err_path})
    if (!std::ofstream{*path, std::ios::trunc})
      fail("open output of a process");
  const auto self = ::getpid();
  pid_ = ::fork();
  if (pid_ < 0)
    fail("fork");
  if (pid_ == 0)
    become(argument_pointers.data(), environment_pointers.data(),
           plan_.out_path.c_str(), plan_.err_path.c_str(), self);
  // Both sides set it, so that it is set whoever comes first.
  ::setpgid(pid_, pid_);
  // The C library's own declaration has C++ linkage by mistake.
  pid_handle_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  if (pid_handle_ < 0) {
    kill();
    fail("pidfd_open");
  }
}

process::~process() {
  kill();
  if (pid_handle_ >= 0)
    ::close(pid_handle_);
}

void process::send(int signal) {
  if (end_)
    return;
  ::kill(pid_, signal);
  // The kernel stops one thread after the other, each when it is scheduled.
  siginfo_t stopped{};
  while (signal == SIGSTOP
         && ::waitid(P_PID, static_cast<id_t>(pid_), &stopped,
                     WSTOPPED | WEXITED | WNOWAIT)
                < 0
         && errno == EINTR)
    continue;
}

void process::kill() {
  // Also when the child is gone: what it traced may have outlived it. The
  // group cannot be anybody else's before the child has been waited for.
  if (end_)
    return;
  ::kill(-pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR)
    continue;
  while (::waitpid(-pid_, nullptr, 0) > 0 || errno == EINTR)
    continue;
  end_ = WIFSIGNALED(status) ? process_end{WTERMSIG(status), true}
                             : process_end{WEXITSTATUS(status), false};
}

std::optional<process_end> process::wait(std::chrono::milliseconds within) {
  if (end_)
    return end_;
  pollfd ended{pid_handle_, POLLIN, 0};
  const auto until = std::chrono::steady_clock::now() + within;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    const auto got =
        ::poll(&ended, 1, std::max(0, static_cast<int>(left.count())));
    if (got > 0) {
      kill();
      return end_;
    }
    if (got == 0)
      return std::nullopt;
    if (errno != EINTR)
      fail("poll");
  }
}

std::optional<std::string>
process::wait_for_line(const std::string& head,
                       std::chrono::milliseconds within) {
  std::optional<std::string> found;
  const auto look = [&] {
    const auto text = "\n" + out();
    const auto start = text.find("\n" + head);
    if (start == std::string::npos)
      return false;
    const auto stop = text.find('\n', start + 1);
    if (stop != std::string::npos)
      found = text.substr(start + 1, stop - start - 1);
    return found.has_value();
  };
  wait_until([&] { return look() || !is_running(); }, within);
  // Its last words may have come between the look and the end.
  if (!found)
    look();
  return found;
}

std::string process::out() const {
  return read_text(plan_.out_path);
}

std::string process::err() const {
  return read_text(plan_.err_path);
}

std::optional<process_end> run(const process_plan& plan,
                               std::chrono::milliseconds within) {
  return process{plan}.wait(within);
}

} // namespace holdfast::test
