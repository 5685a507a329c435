#include "tests/faults/strace.hpp"

#include <chrono>
#include <fstream>
#include <utility>

#include <doctest/doctest.h>

#include "tests/storage/temp_dir.hpp"

namespace holdfast::test {

std::vector<std::string> strace(const injection& of) {
  std::vector<std::string> made = {"strace", "-f", "-qq", "-ttt", "-o", of.log};
  // A sanitizer that looks for leaks traces too, and only one can.
  made.insert(made.end(), {"-E", "LSAN_OPTIONS=detect_leaks=0"});
  for (const auto& path : of.paths)
    made.insert(made.end(), {"-P", path});
  made.insert(made.end(),
              {"-e", "trace=" + of.calls, "-e",
               "inject=" + of.calls + ":" + of.what + ":when=" + of.when});
  return made;
}

std::vector<std::string> journal_paths(const std::string& data_dir) {
  std::vector<std::string> made = {data_dir};
  for (const auto* name :
       {"journal.db", "journal.db-wal", "journal.db-shm", "journal.db-journal",
        "redo", "high-water", "high-water.new", "clock"})
    made.push_back(data_dir + "/" + name);
  return made;
}

pid_t holder_of(const std::string& data_dir) {
  const auto note = read_text(data_dir + "/lock");
  REQUIRE(note.starts_with("pid "));
  return static_cast<pid_t>(std::stol(note.substr(4)));
}

std::optional<std::int64_t> injected_ns(const std::string& log) {
  using namespace std::chrono;
  std::ifstream lines{log};
  for (std::string line; std::getline(lines, line);) {
    if (line.find("(INJECTED)") == std::string::npos)
      continue;
    // A thread, then seconds since the epoch.
    const auto seconds = std::stod(line.substr(line.find(' ')));
    const auto ago =
        system_clock::now().time_since_epoch() - duration<double>(seconds);
    const auto then = steady_clock::now().time_since_epoch() - ago;
    return duration_cast<nanoseconds>(then).count();
  }
  return std::nullopt;
}

bool can_trace() {
  const storage::testing::temp_dir dir;
  const auto target = dir / "target";
  auto command = strace({write_calls, "signal=KILL", "1", {target}});
  command.insert(command.end(), {"sh", "-c", "echo x >" + target});
  const auto end = run({std::move(command), {}, dir / "out", dir / "err"},
                       std::chrono::seconds{30});
  const auto can = is_killed(end) && read_text(target).empty();
  if (!can)
    MESSAGE(
        "SKIPPED: no faults at system calls here: " << read_text(dir / "err"));
  return can;
}

} // namespace holdfast::test
