// What a node says about itself, page by page.
#include "http/page_json.hpp"
#include "src/cli/cluster_pages.hpp"
#include "src/cli/node.hpp"
#include "src/config/version.hpp"

namespace holdfast::cli {

http::api_response node::readiness_page() const {
  const auto trouble = view_.journal_trouble();
  const auto refusing = view_.refusing_circuit();
  const auto now = board_->read();
  std::vector<http::readiness_check> checks{
      {"journal", trouble.empty(), trouble},
      {"circuits", refusing.empty(), refusing},
      {"accepting", !is_draining_, is_draining_ ? "draining" : ""}};
  if (with_.locks_enabled) {
    const bool is_stuck = view_.mediators->leases.is_stuck;
    checks.push_back(
        {"locks", !is_stuck,
         is_stuck ? "another process keeps the journal busy" : ""});
  }
  if (cluster_) {
    checks.push_back({"cluster", now->is_settled, now->waits_for});
  }
  return http::render_readiness(checks);
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
    return stores_page(*board_->read(), view_);
  case http::builtin::cluster:
    return cluster_page(*board_->read(), view_);
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
  // The cluster has answered these, or the central view.
  case http::builtin::create_store:
  case http::builtin::retire_node:
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
