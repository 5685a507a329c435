#include "tests/benchmarks/options.hpp"

#include <filesystem>
#include <stdexcept>

namespace holdfast::bench {

namespace {

namespace fs = std::filesystem;

const std::set<std::string> known_parts = {
    "writes",   "reads",  "limits", "remote",  "latency", "actors",
    "recovery", "memory", "sync",   "cluster", "peers"};

/// Programs beside the one that runs, as the build puts them.
options defaults() {
  const auto here = fs::read_symlink("/proc/self/exe").parent_path();
  const auto build = here.parent_path().parent_path();
  options made;
  made.node = build / "holdfast";
  made.ceiling = here / "ceiling";
  made.scripts = BENCHMARKS_DIR;
  made.scratch = build;
  made.json = build / "bench.json";
  return made;
}

void resize(options& into, extent size) {
  using namespace std::chrono_literals;
  into.size = size;
  into.rounds = size == extent::quick ? 1 : 5;
  into.run = size == extent::quick ? 2'000ms : 8'000ms;
}

} // namespace

std::string options_help() {
  return "usage: bench [OPTION...] [PART...]\n"
         "  PART             writes, reads, limits, remote, latency, actors,\n"
         "                   recovery, memory, sync, cluster or peers; all "
         "but\n"
         "                   peers if there is none\n"
         "  --quick          one short round of everything\n"
         "  --long           five long rounds, and journals of 10 million\n"
         "  --peers          PostgreSQL and Redis doing the same work, too\n"
         "  --rounds N       turns of each comparison\n"
         "  --seconds N      length of one measurement under load\n"
         "  --node PROGRAM   holdfast to measure\n"
         "  --scratch DIR    where journals go\n"
         "  --json FILE      where the figures go\n";
}

options parse_options(int argc, char** argv) {
  auto made = defaults();
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] {
      if (++i == argc)
        throw std::invalid_argument(word + " needs a value");
      return std::string{argv[i]};
    };
    if (word == "--quick")
      resize(made, extent::quick);
    else if (word == "--long")
      resize(made, extent::long_run);
    else if (word == "--peers")
      made.with_peers = true;
    else if (word == "--rounds")
      made.rounds = std::stoul(value());
    else if (word == "--seconds")
      made.run = std::chrono::milliseconds{
          static_cast<std::int64_t>(std::stod(value()) * 1'000)};
    else if (word == "--node")
      made.node = value();
    else if (word == "--scratch")
      made.scratch = value();
    else if (word == "--json")
      made.json = value();
    else if (known_parts.contains(word))
      made.parts.insert(word);
    else
      throw std::invalid_argument("unknown: " + word);
  }
  return made;
}

} // namespace holdfast::bench
