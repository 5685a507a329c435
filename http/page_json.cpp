#include "http/page_json.hpp"

#include <algorithm>

#include "http/json_writer.hpp"
#include "http/openapi.hpp"

namespace holdfast::http {

api_response render_health(const health_view& now) {
  json_writer out;
  out.open('{').member("status", now.status);
  out.member("uptimeSeconds", now.uptime_s);
  out.member_time("timestamp", now.now_ms);
  out.member("version", now.version).close('}');
  return json_answer(out.take());
}

api_response render_liveness() {
  json_writer out;
  out.open('{').member("status", "ok").close('}');
  return json_answer(out.take());
}

api_response render_readiness(std::span<const readiness_check> checks) {
  const bool ready = std::all_of(checks.begin(), checks.end(),
                                 [](const auto& each) { return each.passed; });
  json_writer out;
  out.open('{').member("status", ready ? "ready" : "not_ready");
  out.name("checks").open('[');
  for (const auto& [name, passed, detail] : checks) {
    out.open('{').member("name", name).name("passed").flag(passed);
    out.member_if("detail", detail).close('}');
  }
  out.close(']').close('}');
  auto result = json_answer(out.take());
  if (!ready) {
    result.status = 503;
    result.retry_after_s = 1;
  }
  return result;
}

api_response render_stores(std::span<const store_view> stores, bool is_whole) {
  json_writer out;
  out.open('{').name("stores").open('[');
  for (const auto& [store, node, state] : stores) {
    out.open('{').member("storeId", store).member("node", node);
    out.member("state", state).close('}');
  }
  out.close(']');
  if (!is_whole)
    out.name("complete").flag(false);
  out.close('}');
  return json_answer(out.take());
}

api_response render_openapi() {
  return json_answer(std::string{openapi_document()});
}

} // namespace holdfast::http
