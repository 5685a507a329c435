// What a node says about itself, page by page.
#include <algorithm>

#include "http/page_json.hpp"
#include "src/cli/node.hpp"
#include "src/config/version.hpp"

namespace holdfast::cli {

namespace {

std::string_view state_of(const node_row& row) {
  if (row.is_self)
    return "up";
  return row.seen.is == peer_view::state::up ? "up" : "unavailable";
}

} // namespace

http::api_response node::readiness_page() const {
  std::vector<http::readiness_check> checks{
      {"journal", view_.is_writable(),
       view_.journal->failed ? "failed"
       : view_.journal->full ? "out of space"
                             : ""},
      {"accepting", !is_draining_, is_draining_ ? "draining" : ""}};
  if (cluster_) {
    const bool is_settled = board_->read()->is_settled;
    checks.push_back({"cluster", is_settled,
                      is_settled ? "" : "waits for the consent of all nodes"});
  }
  return http::render_readiness(checks);
}

/// In the order of their names.
http::api_response node::stores_page() const {
  std::vector<http::store_view> stores;
  if (!cluster_) {
    for (const auto& name : with_.stores)
      stores.push_back({name, with_.node_name, "up"});
    return http::render_stores(stores);
  }
  const auto now = board_->read();
  for (const auto& row : now->nodes)
    for (const auto& name : row.entry.stores)
      stores.push_back({name, row.entry.name, state_of(row)});
  std::sort(stores.begin(), stores.end(),
            [](const auto& a, const auto& b) { return a.store < b.store; });
  return http::render_stores(stores);
}

http::api_response node::page(const http::page_request& asked) {
  switch (asked.which) {
  case http::builtin::health:
    return http::render_health(
        {is_draining_ ? "draining" : "ok",
         static_cast<std::int64_t>(view_.uptime().count()), time_->now_ms(),
         config::program_version()});
  case http::builtin::readiness:
    return readiness_page();
  case http::builtin::stores:
    return stores_page();
  case http::builtin::openapi:
    return http::render_openapi();
  case http::builtin::health_metrics:
    return observability_.health_page();
  case http::builtin::metrics_text:
    return observability_.metrics_text();
  case http::builtin::metrics:
    return observability_.metrics_json();
  case http::builtin::reset_metrics:
    return observability_.reset_metrics(asked);
  case http::builtin::log_level:
    return log_level_page();
  case http::builtin::change_log_level:
    return change_log_level(asked);
  case http::builtin::liveness:
  case http::builtin::none:
  // The central view has answered these.
  case http::builtin::central_sku:
  case http::builtin::central_skus:
  case http::builtin::sync_round:
  case http::builtin::sync_status:
  case http::builtin::sync_start:
  case http::builtin::sync_stop:
    break;
  }
  return http::render_liveness();
}

} // namespace holdfast::cli
