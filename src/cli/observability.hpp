// What a node tells its operators: metrics, health, and the log of requests.
#pragma once

#include <chrono>

#include "http/answered_request.hpp"
#include "http/page.hpp"
#include "src/cli/answer_watch.hpp"
#include "src/cli/health_report.hpp"
#include "src/cli/node_view.hpp"
#include "src/telemetry/metric_table.hpp"

namespace holdfast::cli {

/// Made before the server. What others have to tell is added to `metrics` and
/// `health` before the first request.
class observability {
public:
  explicit observability(const node_view& of);

  telemetry::metric_table& metrics() noexcept {
    return metrics_;
  }
  health_report& health() noexcept {
    return health_;
  }

  // Its pages. Thread-safe.
  http::api_response metrics_text() const;
  http::api_response metrics_json() const;
  http::api_response reset_metrics(const http::page_request& asked);
  http::api_response health_page();

  /// Call it often: it notes which open circuits may be tried again, and once
  /// a second it tells the log what was too much to be told one by one. One
  /// thread.
  void watch();
  /// Tells what the last second brought. The same thread.
  void conclude();

private:
  const bool may_reset_;
  telemetry::metric_table metrics_;
  health_report health_;
  answer_watch answers_;
  std::shared_ptr<chain_counters> mediators_;
  std::chrono::steady_clock::time_point watched_at_{};
};

/// The level of the log, as it is or as it is from now on.
http::api_response log_level_page();
http::api_response change_log_level(const http::page_request& asked);

/// Where the server tells its answers: a line each at level debug, at warn for
/// 500 and 504.
http::request_log make_request_log();

} // namespace holdfast::cli
