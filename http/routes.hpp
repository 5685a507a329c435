// Which request goes where: one table, one line per route.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "holdfast/access.hpp"
#include "holdfast/command.hpp"
#include "http/target.hpp"

namespace holdfast::http {

/// What a route is about; it decides how path, fields and body are read.
enum class resource : std::uint8_t {
  /// A record, named by store and SKU; `route::what` is done to it.
  record,
  /// A reservation, named by its id; `route::what` is done to it.
  reservation,
  /// The feed of events.
  feed,
  /// The list of dead letters.
  letters,
  /// One of them, named by its id: deleted, or tried again.
  letter,
  /// The node itself: `route::page`, answered without an actor.
  page,
};

/// Answers that the server gives on its own.
enum class builtin : std::uint8_t {
  none,
  health,
  liveness,
  readiness,
  health_metrics,
  metrics_text,
  metrics,
  reset_metrics,
  log_level,
  change_log_level,
  stores,
  cluster,
  create_store,
  retire_node,
  openapi,
  central_sku,
  central_skus,
  sync_round,
  sync_status,
  sync_start,
  sync_stop,
};

/// One line of the table. `{…}` in the pattern takes any one segment.
struct route {
  std::string_view method;
  std::string_view pattern;
  resource of = resource::page;
  action what = action::read;
  /// Asked of the caller before anything else of the request is judged.
  role needed = role::operator_;
  builtin page = builtin::none;
  /// What operators and balancers look at: never limited, never shed.
  bool is_always_served = false;
};

/// All routes, in the order of the contract.
std::span<const route> all_routes() noexcept;

/// What the table says about a request.
struct route_match {
  /// The route, or null: then `allow` tells 405 from 404.
  const route* hit = nullptr;
  /// The segments that `{…}` took, in order; valid as long as the target.
  std::array<path_segment, 2> captured;
  /// Methods of a path that exists but not for this one, e.g. `GET, HEAD`.
  std::string allow;
};

/// Looks a request up. HEAD goes where GET does (RFC 9110, section 9.3.2);
/// methods are case-sensitive.
route_match find_route(std::string_view method, const request_target& target);

} // namespace holdfast::http
