// What may be read of a running node by whoever tells about it.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "actors/chain_counters.hpp"
#include "actors/journal_writer.hpp"
#include "actors/sync_board.hpp"
#include "holdfast/admission_counters.hpp"
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
  std::shared_ptr<admission_counters> admission =
      std::make_shared<admission_counters>();
  std::shared_ptr<http::server_counters> server;

  std::chrono::duration<double> uptime() const {
    return std::chrono::steady_clock::now() - since;
  }
  /// Why no write can reach the disk now, as far as the last of them told;
  /// empty if it can.
  std::string_view journal_trouble() const {
    if (journal->failed)
      return "failed";
    if (journal->full)
      return "out of space";
    return journal->is_stuck(std::chrono::steady_clock::now())
               ? "waits for the disk"
               : std::string_view{};
  }
  /// The circuit that refuses all writes now; empty if none does.
  std::string_view refusing_circuit() const {
    const auto now = std::chrono::steady_clock::now();
    if (mediators->breaker.refuses(now))
      return "api is open";
    return mediators->disk.breaker.refuses(now) ? "fileSystem is open"
                                                : std::string_view{};
  }
  bool is_writable() const {
    return journal_trouble().empty();
  }
};

} // namespace holdfast::cli
