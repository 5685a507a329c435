#include "http/routes.hpp"

#include <algorithm>

namespace holdfast::http {

namespace {

constexpr route page(std::string_view pattern, builtin which, role needed,
                     std::string_view method = "GET") {
  return {method, pattern, resource::page, action::read, needed, which};
}

/// A page that is always served.
constexpr route watch(std::string_view pattern, builtin which, role needed) {
  auto made = page(pattern, which, needed);
  made.is_always_served = true;
  return made;
}

constexpr route read(std::string_view pattern, resource of, action what) {
  return {"GET", pattern, of, what, role::reader};
}

constexpr route write_record(std::string_view method, std::string_view pattern,
                             action what) {
  return {method, pattern, resource::record, what, role::writer};
}

constexpr route write_hold(std::string_view pattern, action what) {
  return {"POST", pattern, resource::reservation, what, role::writer};
}

// clang-format off
#define HOLDFAST_RECORD "/api/inventory/stores/{storeId}/inventory/{sku}"
#define HOLDFAST_HOLD "/api/reservations/{reservationId}"
#define HOLDFAST_LETTER "/api/dead-letters/{id}"
constexpr route table[] = {
  read(HOLDFAST_RECORD, resource::record, action::read),
  write_record("PUT", HOLDFAST_RECORD, action::count),
  write_record("POST", HOLDFAST_RECORD "/adjust", action::adjust),
  write_record("POST", HOLDFAST_RECORD "/reserve", action::reserve),
  write_record("POST", HOLDFAST_RECORD "/release", action::release),
  write_record("POST", HOLDFAST_RECORD "/commit", action::commit),
  read(HOLDFAST_HOLD, resource::reservation, action::read_reservation),
  write_hold(HOLDFAST_HOLD "/commit", action::commit),
  write_hold(HOLDFAST_HOLD "/release", action::release),
  write_hold(HOLDFAST_HOLD "/extend", action::extend),
  page("/api/inventory/stores", builtin::stores, role::reader),
  page("/api/cluster", builtin::cluster, role::reader),
  page("/api/cluster/nodes/{node}/stores", builtin::create_store,
       role::operator_, "POST"),
  page("/api/cluster/nodes/{node}", builtin::retire_node, role::operator_,
       "DELETE"),
  page("/api/inventory/skus", builtin::central_skus, role::reader),
  page("/api/inventory/skus/{sku}", builtin::central_sku, role::reader),
  page("/api/sync", builtin::sync_round, role::operator_, "POST"),
  page("/api/sync/status", builtin::sync_status, role::reader),
  page("/api/sync/start", builtin::sync_start, role::operator_, "POST"),
  page("/api/sync/stop", builtin::sync_stop, role::operator_, "POST"),
  read("/api/events", resource::feed, action::read),
  read("/api/dead-letters", resource::letters, action::read),
  {"DELETE", HOLDFAST_LETTER, resource::letter},
  {"POST", HOLDFAST_LETTER "/retry", resource::letter},
  watch("/api/health", builtin::health, role::anyone),
  watch("/api/health/liveness", builtin::liveness, role::anyone),
  watch("/api/health/readiness", builtin::readiness, role::anyone),
  watch("/api/health/metrics", builtin::health_metrics, role::reader),
  watch("/metrics", builtin::metrics_text, role::reader),
  watch("/api/metrics", builtin::metrics, role::reader),
  page("/api/metrics/reset", builtin::reset_metrics, role::operator_, "POST"),
  page("/api/log-level", builtin::log_level, role::operator_),
  page("/api/log-level", builtin::change_log_level, role::operator_, "PUT"),
  page("/api/openapi.json", builtin::openapi, role::reader),
};
#undef HOLDFAST_RECORD
#undef HOLDFAST_HOLD
#undef HOLDFAST_LETTER
// clang-format on

/// A pattern cut into its segments before the first request comes.
struct pattern {
  std::array<std::string_view, request_target::segments_max> segments;
  std::size_t count = 0;
};

constexpr pattern cut(std::string_view text) {
  pattern result;
  while (!text.empty()) {
    text.remove_prefix(1);
    const auto slash = std::min(text.find('/'), text.size());
    result.segments[result.count++] = text.substr(0, slash);
    text.remove_prefix(slash);
  }
  return result;
}

constexpr auto patterns = [] {
  std::array<pattern, std::size(table)> result;
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = cut(table[i].pattern);
  return result;
}();

bool takes_any(std::string_view segment) noexcept {
  return segment.starts_with('{');
}

/// The last segments differ most between routes, so they are looked at first.
bool matches(const pattern& wanted, std::span<const path_segment> path) {
  if (wanted.count != path.size())
    return false;
  for (auto i = wanted.count; i-- > 0;) {
    const auto& expected = wanted.segments[i];
    if (!takes_any(expected) && (path[i].malformed || path[i].text != expected))
      return false;
  }
  return true;
}

void capture(const pattern& wanted, std::span<const path_segment> path,
             route_match& into) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < wanted.count; ++i)
    if (takes_any(wanted.segments[i]))
      into.captured[next++] = path[i];
}

void allow(std::string_view method, std::string& into) {
  into.append(into.empty() ? "" : ", ").append(method);
  if (method == "GET")
    into.append(", HEAD");
}

} // namespace

std::span<const route> all_routes() noexcept {
  return table;
}

route_match find_route(std::string_view method, const request_target& target) {
  const auto path = target.segments();
  const auto wanted = method == "HEAD" ? std::string_view{"GET"} : method;
  route_match result;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    if (table[i].method != wanted || !matches(patterns[i], path))
      continue;
    result.hit = &table[i];
    capture(patterns[i], path, result);
    return result;
  }
  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (matches(patterns[i], path))
      allow(table[i].method, result.allow);
  return result;
}

} // namespace holdfast::http
