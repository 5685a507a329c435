// Measures a node against what its parts can do, in one run on one machine:
// figures of different runs say little about each other.
#include <ctime>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include <sys/utsname.h>

#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/process.hpp"

namespace {

using namespace holdfast::bench;

std::string cpu_model() {
  std::ifstream file{"/proc/cpuinfo"};
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      return line.substr(line.find(':') + 2);
  return "unknown";
}

std::string load_average() {
  std::ifstream file{"/proc/loadavg"};
  std::string text;
  file >> text;
  return text;
}

std::string now_utc() {
  const auto now = std::time(nullptr);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", std::gmtime(&now));
  return text;
}

/// The commit, and whether the sources are the commit's.
std::string revision(const std::string& sources) {
  try {
    auto text = run({"git", "-C", sources, "describe", "--always", "--dirty"});
    text.pop_back();
    return text;
  } catch (const std::runtime_error&) {
    return "unknown";
  }
}

void note_conditions(const options& with, int argc, char** argv, report& into) {
  utsname kernel{};
  ::uname(&kernel);
  into.note("machine", cpu_model() + ", "
                           + std::to_string(std::thread::hardware_concurrency())
                           + " cores, " + kernel.sysname + " "
                           + kernel.release);
  into.note("date", now_utc());
  into.note("revision", revision(with.scripts));
  into.note("command", to_text({argv, argv + argc}));
  // Figures of a busy machine are low, and this is how one knows.
  into.note("load", load_average() + " before the first measurement");
}

/// False if a part failed: the others are as good as they were.
bool measure(const options& with, report& into) {
  const struct {
    const char* name;
    void (*measure)(const options&, report&);
  } parts[] = {
      {"writes", measure_writes},     {"reads", measure_reads},
      {"limits", measure_limits},     {"remote", measure_remote},
      {"latency", measure_latency},   {"actors", measure_actors},
      {"recovery", measure_recovery}, {"memory", measure_memory},
      {"sync", measure_sync},         {"cluster", measure_cluster},
      {"peers", measure_peers},
  };
  auto is_whole = true;
  for (const auto& part : parts) {
    if (!with.wants(part.name))
      continue;
    std::cerr << part.name << '\n';
    try {
      part.measure(with, into);
    } catch (const std::exception& error) {
      std::cerr << "bench: " << part.name << ": " << error.what() << '\n';
      into.remark(std::string(part.name) + " failed: " + error.what());
      is_whole = false;
    }
  }
  return is_whole;
}

} // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view{argv[1]} == "--help") {
    std::cout << options_help();
    return 0;
  }
  options with;
  try {
    with = parse_options(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << '\n' << options_help();
    return 2;
  }
  try {
    report made;
    note_conditions(with, argc, argv, made);
    made.print_conditions();
    const auto is_whole = measure(with, made);
    std::cerr << '\n';
    made.print();
    made.write_json(with.json);
    std::cout << "\nwritten to " << with.json << std::endl;
    return is_whole ? 0 : 1;
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << '\n';
    return 1;
  }
}
