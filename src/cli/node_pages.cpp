// What a node says about itself, page by page.
#include "http/page_json.hpp"
#include "src/cli/node.hpp"
#include "src/config/version.hpp"

namespace holdfast::cli {

http::api_response node::page(const http::page_request& asked) {
  switch (asked.which) {
  case http::builtin::health:
    return http::render_health(
        {is_draining_ ? "draining" : "ok",
         static_cast<std::int64_t>(view_.uptime().count()), time_->now_ms(),
         config::program_version()});
  case http::builtin::readiness: {
    const auto& leases = view_.mediators->leases;
    const std::array checks{
        http::readiness_check{"journal", view_.is_writable(),
                              view_.journal->failed ? "failed"
                              : view_.journal->full ? "out of space"
                                                    : ""},
        http::readiness_check{
            "locks", !leases.is_stuck,
            leases.is_stuck ? "another process keeps the journal busy" : ""},
        http::readiness_check{"accepting", !is_draining_,
                              is_draining_ ? "draining" : ""}};
    return http::render_readiness(checks);
  }
  case http::builtin::stores: {
    std::vector<http::store_view> stores;
    for (const auto& name : with_.stores)
      stores.push_back({name, with_.node_name, "up"});
    return http::render_stores(stores);
  }
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
