// What may be read of a running node by whoever tells about it.
#pragma once

#include <chrono>
#include <memory>

#include "actors/chain_counters.hpp"
#include "actors/journal_writer.hpp"
#include "actors/sync_board.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/settings.hpp"
#include "http/server_counters.hpp"

namespace holdfast::cli {

/// Thread-safe, and there as long as anybody looks.
struct node_view {
  settings with;
  std::chrono::system_clock::time_point started =
      std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point since =
      std::chrono::steady_clock::now();
  std::shared_ptr<journal_counters> journal =
      std::make_shared<journal_counters>();
  std::shared_ptr<chain_counters> mediators =
      std::make_shared<chain_counters>();
  std::shared_ptr<sync_board> sync = std::make_shared<sync_board>();
  std::shared_ptr<http::server_counters> server;

  std::chrono::duration<double> uptime() const {
    return std::chrono::steady_clock::now() - since;
  }
  /// Writes can reach the disk, as far as the last of them told.
  bool is_writable() const {
    return !journal->failed && !journal->full;
  }
};

} // namespace holdfast::cli
