#include "src/cli/observability.hpp"

#include "actors/circuit_notes.hpp"
#include "http/log_level_page.hpp"
#include "http/one_member_body.hpp"
#include "http/problem.hpp"
#include "src/cli/node_metrics.hpp"
#include "src/telemetry/log.hpp"
#include "src/telemetry/metric_text.hpp"

namespace holdfast::cli {

namespace {

constexpr std::chrono::seconds watch_every{1};

/// Written whatever the levels are: who finds the log silent, or loud, is to
/// find out since when, and by whom.
void tell_level(telemetry::log_level from, telemetry::log_level to,
                const std::string& caller) {
  constexpr auto event = "log_level_changed";
  const telemetry::log_field fields[] = {
      {"from", to_string(from)}, {"to", to_string(to)}, {"caller", caller}};
  if (from != to && telemetry::admits_line(telemetry::log_level::error, event))
    telemetry::log_admitted(telemetry::log_level::warn, event, fields);
}

} // namespace

observability::observability(const node_view& of)
    : may_reset_(of.with.metrics_reset_enabled), answers_(of.server),
      mediators_(of.mediators) {
  declare_http_metrics(metrics_, of);
  declare_admission_metrics(metrics_, of);
  declare_mediator_metrics(metrics_, of);
  declare_chain_metrics(metrics_, of);
  declare_lease_metrics(metrics_, of);
  declare_process_metrics(metrics_, of);
  declare_health(health_, of);
}

http::api_response observability::metrics_text() const {
  auto made = http::json_answer(to_prometheus(metrics_.read()));
  made.content_type = telemetry::prometheus_type;
  return made;
}

http::api_response observability::metrics_json() const {
  return http::json_answer(to_json(metrics_.read()));
}

http::api_response observability::health_page() {
  answers_.note_faults();
  return health_.page();
}

http::api_response
observability::reset_metrics(const http::page_request& asked) {
  if (!may_reset_)
    return http::render_problem(error_code::forbidden, asked.request_id,
                                "METRICS_RESET_ENABLED is not set");
  http::faults found;
  http::read_nothing(asked.body, found);
  if (!found.empty())
    return http::render_problem(found, asked.request_id);
  metrics_.reset();
  telemetry::log_info("metrics_reset", {{"caller", asked.caller}});
  return http::json_answer("{}");
}

http::api_response log_level_page() {
  return http::render_log_level(to_string(telemetry::current_log_level()));
}

http::api_response change_log_level(const http::page_request& asked) {
  http::faults found;
  const auto name = http::read_log_level(asked.body, found);
  if (!found.empty())
    return http::render_problem(found, asked.request_id);
  const auto from = telemetry::current_log_level();
  const auto to = telemetry::to_log_level(name);
  telemetry::set_log_level(to);
  tell_level(from, to, asked.caller);
  return log_level_page();
}

void observability::watch() {
  const auto now = std::chrono::steady_clock::now();
  note_probes_due(mediators_->breaker, now, "api");
  note_probes_due(mediators_->disk.breaker, now, "fileSystem");
  if (now - watched_at_ < watch_every)
    return;
  watched_at_ = now;
  conclude();
}

void observability::conclude() {
  answers_.note_faults();
  answers_.summarize();
  telemetry::report_left_out();
}

} // namespace holdfast::cli
