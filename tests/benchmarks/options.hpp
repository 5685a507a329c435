// What a run of the benchmarks is told.
#pragma once

#include <chrono>
#include <cstddef>
#include <set>
#include <string>

namespace holdfast::bench {

/// How much is measured: less to see an effect, more to be sure of it.
enum class extent { quick, normal, long_run };

struct options {
  extent size = extent::normal;
  /// Of every comparison: systems take turns, so that what else the machine
  /// does meets all of them.
  std::size_t rounds = 3;
  /// One measurement under load.
  std::chrono::milliseconds run{3'000};
  /// Parts to measure; empty for all but the peers.
  std::set<std::string> parts;
  bool with_peers = false;
  /// The program under test and the one it is held against.
  std::string node;
  std::string ceiling;
  /// Scripts of the load generator and of the peers.
  std::string scripts;
  /// Where journals go: on a disk, not in memory.
  std::string scratch;
  std::string json;

  bool wants(const std::string& part) const {
    return parts.contains(part)
           || (part == "peers" ? with_peers : parts.empty());
  }
};

/// Throws `std::invalid_argument` for what it does not know.
options parse_options(int argc, char** argv);

/// One line per option.
std::string options_help();

} // namespace holdfast::bench
