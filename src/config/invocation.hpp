// What the program was told to do.
#pragma once

#include <cstdint>
#include <string>

#include "holdfast/access.hpp"
#include "holdfast/settings.hpp"
#include "src/config/load_order.hpp"

namespace holdfast::config {

/// Which events `holdfast events` lists. Empty texts match everything.
struct event_query {
  /// Only events with a greater `seq`.
  std::int64_t after = 0;
  /// 0 lists all.
  std::int64_t limit = 0;
  std::string store;
  std::string sku;
};

/// What `holdfast check` holds against each other. Empty texts name nothing.
struct check_query {
  /// The history; `-` is standard input.
  std::string file;
  /// Data directories whose journals count, one of each node.
  std::vector<std::string> journals;
  /// File with more lines, as `holdfast events` prints them.
  std::string events;
};

/// What `holdfast simulate` plays.
struct simulation_request {
  std::int64_t seed = 1;
  /// `A..B` instead of one seed; empty for none.
  std::string seeds;
  /// Requests of clients in each simulation; 0 leaves them to the seed.
  std::int64_t ops = 0;
  /// Where to write down what happened; empty for nowhere.
  std::string trace;
};

/// From the first to the last, both included.
struct seed_range {
  std::int64_t first = 1;
  std::int64_t last = 1;
};

enum class command : std::uint8_t {
  print,
  serve,
  join,
  verify,
  events,
  key,
  check,
  load,
  simulate,
};

/// One run of the program.
struct invocation {
  config::command command = command::print;
  /// Help or version, where the command is `print`.
  std::string text;
  /// All of them for `serve` and `join`; only `data_dir` is read for the
  /// others.
  settings node;
  event_query query;
  check_query check;
  load_order load;
  /// Who `holdfast key` makes a key for.
  principal key;
  simulation_request simulation;
  /// The seeds that `simulation` means.
  seed_range seeds;
};

} // namespace holdfast::config
