// Answers about the node itself.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "http/api.hpp"

namespace holdfast::http {

/// What `GET /api/health` tells.
struct health_view {
  /// `ok`, or `draining` on the way down.
  std::string_view status;
  std::int64_t uptime_s = 0;
  /// Milliseconds since the epoch.
  std::int64_t now_ms = 0;
  std::string_view version;
};

/// One condition of readiness.
struct readiness_check {
  /// E.g. `journal`.
  std::string_view name;
  bool passed = false;
  /// Why not; empty where there is nothing to say.
  std::string_view detail;
};

/// One line of the list of stores.
struct store_view {
  std::string_view store;
  std::string_view node;
  std::string_view state;
};

api_response render_health(const health_view& now);

/// 200 while the process can answer, so always.
api_response render_liveness();

/// 200 if every check passed, else 503 with Retry-After.
api_response render_readiness(std::span<const readiness_check> checks);

/// Says so unless it `is_whole`: there may be stores that nobody has told of.
api_response render_stores(std::span<const store_view> stores, bool is_whole);

/// The document of `http/openapi.hpp`.
api_response render_openapi();

} // namespace holdfast::http
