#include "tests/benchmarks/process.hpp"

#include <cerrno>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/environment.hpp"

namespace holdfast::bench {

namespace {

constexpr auto run_time_max = std::chrono::minutes{10};

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// All that this process has, for other systems are measured, too, and `with`.
std::vector<std::string> merged(const environment& with) {
  std::vector<std::string> made;
  for (auto* const* each = environ; *each != nullptr; ++each) {
    const std::string_view has = *each;
    if (with.find(std::string{has.substr(0, has.find('='))}) == with.end())
      made.emplace_back(has);
  }
  for (const auto& [name, value] : with)
    made.push_back(name + '=' + value);
  return made;
}

/// In the memory of the parent: calls of the system only.
[[noreturn]] void become(char* const* words, char* const* with, int output) {
  // A benchmark that is interrupted takes its children along.
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  ::dup2(output, STDOUT_FILENO);
  ::execvpe(words[0], words, with);
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
  const auto settings = merged(with);
  const auto words = test::pointers(what);
  const auto variables = test::pointers(settings);
  // A fork would copy the tables of all memory there is, for gigabytes of it
  // milliseconds, and clients on other threads would wait and call it latency.
  pid_ = ::vfork();
  if (pid_ < 0)
    fail("vfork");
  if (pid_ == 0)
    become(words.data(), variables.data(), ends[1]);
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
