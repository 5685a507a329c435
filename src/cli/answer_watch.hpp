// Looks at the answers of the last moments for what an operator must know.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "http/server_counters.hpp"

namespace holdfast::cli {

/// Learns from the counters what no request has time to tell. Thread-safe.
class answer_watch {
public:
  explicit answer_watch(std::shared_ptr<const http::server_counters> from)
      : from_(std::move(from)) {
    // nop
  }

  /// Notes faults (`is_fault`) since the last call among those of the process:
  /// by code and route. Refusals are none, though many have a status of 5xx:
  /// each way to be refused would drive out something worse.
  void note_faults();

  /// Logs how many requests were refused since the last call because of their
  /// number (429, 503): a line a code, `requests_refused`.
  void summarize();

private:
  using way = std::pair<const http::route*, error_code>;

  std::shared_ptr<const http::server_counters> from_;
  std::mutex lock_;
  std::map<way, std::uint64_t> faults_;
  std::map<error_code, std::uint64_t> refusals_;
};

} // namespace holdfast::cli
