#include "tests/benchmarks/process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace holdfast::bench {

namespace {

constexpr auto run_time_max = std::chrono::minutes{10};

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

[[noreturn]] void become(const command& what, const environment& with,
                         int output) {
  // A benchmark that is interrupted takes its children along.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::dup2(output, STDOUT_FILENO);
  for (const auto& [name, value] : with)
    ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const auto& word : what)
    words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execvp(words.front(), words.data());
  ::_exit(127);
}

} // namespace

std::string to_text(const command& what, const environment& with) {
  std::string text;
  for (const auto& [name, value] : with)
    text += name + '=' + value + ' ';
  for (const auto& word : what)
    text += word + ' ';
  text.pop_back();
  return text;
}

process::process(const command& what, const environment& with) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    fail("pipe");
  pid_ = ::fork();
  if (pid_ < 0)
    fail("fork");
  if (pid_ == 0)
    become(what, with, ends[1]);
  ::close(ends[1]);
  output_ = ends[0];
}

process::~process() {
  if (pid_ > 0)
    stop(SIGKILL);
  ::close(output_);
}

std::optional<std::string>
process::read_line(std::chrono::milliseconds within) {
  const auto until = std::chrono::steady_clock::now() + within;
  for (;;) {
    if (const auto end = received_.find('\n'); end != std::string::npos) {
      auto line = received_.substr(0, end);
      received_.erase(0, end + 1);
      return line;
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd readable{output_, POLLIN, 0};
    if (left.count() <= 0
        || ::poll(&readable, 1, static_cast<int>(left.count())) <= 0)
      return std::nullopt;
    char bytes[4096];
    const auto count = ::read(output_, bytes, sizeof bytes);
    if (count <= 0)
      return std::nullopt;
    received_.append(bytes, static_cast<std::size_t>(count));
  }
}

int process::stop(int signal) {
  ::kill(pid_, signal);
  return wait();
}

int process::wait() {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0)
    if (errno != EINTR)
      fail("waitpid");
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::uint64_t process::status_bytes(const std::string& field) const {
  std::ifstream file{"/proc/" + std::to_string(pid_) + "/status"};
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(field))
      return std::stoull(line.substr(field.size())) * 1024;
  throw std::runtime_error("process " + std::to_string(pid_) + " is gone");
}

std::string run(const command& what, const environment& with) {
  process child{what, with};
  std::string output;
  while (const auto line = child.read_line(run_time_max))
    output += *line + '\n';
  if (const auto code = child.wait(); code != 0)
    throw std::runtime_error(to_text(what, with) + ": exit code "
                             + std::to_string(code));
  return output;
}

} // namespace holdfast::bench
