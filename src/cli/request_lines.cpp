// Answered requests as lines of the log.
#include "src/cli/observability.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast::cli {

namespace {

using telemetry::log_level;

constexpr std::string_view event = "request";

/// What the node failed to do is for every operator. What it refused under
/// load is summed up once a second, and the rest is the business of clients.
log_level level_of(std::uint16_t status) {
  return status == 500 || status == 504 ? log_level::warn : log_level::debug;
}

void write(const http::answered_request& told) {
  std::vector<telemetry::log_field> line;
  const auto add = [&](std::string_view name, std::string_view text) {
    if (!text.empty())
      line.emplace_back(name, text);
  };
  add("requestId", told.id);
  add("traceId", told.trace);
  add("method", told.method);
  add("route", told.route);
  line.emplace_back("status", told.status);
  if (told.code != error_code::none)
    add("code", to_string(told.code));
  line.emplace_back("micros", told.micros);
  add("store", told.store);
  add("sku", told.sku);
  add("key", told.key_print);
  add("caller", told.caller);
  add("peer", told.peer);
  telemetry::log_admitted(level_of(told.status), event, line);
}

} // namespace

http::request_log make_request_log() {
  return {[](std::uint16_t status) {
            return telemetry::admits_line(level_of(status), event);
          },
          write};
}

} // namespace holdfast::cli
