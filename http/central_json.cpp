#include "http/central_json.hpp"

#include <chrono>

#include "http/cursor.hpp"
#include "http/json_writer.hpp"
#include "http/problem.hpp"
#include "http/resource_json.hpp"

namespace holdfast::http {

namespace {

void write_names(json_writer& out, std::string_view name,
                 const std::vector<std::string>& all) {
  out.name(name).open('[');
  for (const auto& each : all)
    out.value(std::string_view{each});
  out.close(']');
}

/// The members of a SKU, without the braces.
void write_sku(json_writer& out, const central_sku& of) {
  out.member("sku", of.sku).member("onHand", of.on_hand);
  out.member("reserved", of.reserved).member("available", of.available);
  out.name("stores").open('[');
  for (const auto& [store, is] : of.parts)
    write_record(out, store, of.sku, is);
  out.close(']');
}

/// How far a view is to be believed.
void write_state(json_writer& out, const central_view& of) {
  out.member_time("asOf", of.as_of_ms);
  out.name("complete").flag(of.complete);
  if (!of.failed_stores.empty())
    write_names(out, "failedStores", of.failed_stores);
}

void write_round(json_writer& out, const round_report& of) {
  const auto took = std::chrono::ceil<std::chrono::milliseconds>(of.took);
  out.open('{').member("round", static_cast<std::int64_t>(of.round));
  out.member_time("startedAt", of.started_at_ms);
  out.member("durationMs", took.count());
  out.member("stores", static_cast<std::int64_t>(of.stores));
  out.member("skus", static_cast<std::int64_t>(of.skus));
  write_names(out, "failedStores", of.failed_stores);
  out.member("drift", static_cast<std::int64_t>(of.drift));
  if (!of.is_whole)
    out.name("complete").flag(false);
  out.close('}');
}

/// Where rounds are made on demand only, waiting alone brings none.
api_response refuse_incomplete(const central_view& from,
                               std::string_view request_id) {
  return render_problem(
      error_code::store_unavailable, request_id,
      from.round == 0 ? "No round is complete yet. POST /api/sync asks for one."
                      : "The central view is not complete.");
}

} // namespace

api_response render_central_sku(const central_view& from, std::string_view sku,
                                std::string_view request_id) {
  const auto found = from.find(sku);
  if (!found && !from.complete)
    return refuse_incomplete(from, request_id);
  if (!found)
    return render_problem(error_code::sku_not_found, request_id,
                          "No store has a record of this SKU.");
  json_writer out;
  out.open('{');
  write_sku(out, *found);
  write_state(out, from);
  out.close('}');
  return json_answer(out.take());
}

api_response render_central_page(const central_view& from,
                                 const central_query& wanted,
                                 std::string_view request_id) {
  if (from.round == 0)
    return refuse_incomplete(from, request_id);
  const auto page = from.page(wanted);
  json_writer out;
  out.reserve(128 + 512 * page.skus.size());
  out.open('{').name("skus").open('[');
  for (const auto& each : page.skus) {
    out.open('{');
    write_sku(out, each);
    out.close('}');
  }
  out.close(']');
  if (!page.next.empty())
    out.member("nextCursor", encode_sku_cursor(page.next));
  write_state(out, from);
  out.close('}');
  return json_answer(out.take());
}

api_response render_round(const round_report& done) {
  json_writer out;
  write_round(out, done);
  return json_answer(out.take());
}

api_response render_sync_status(const sync_status& now) {
  json_writer out;
  out.open('{').name("running").flag(now.is_running);
  out.member("intervalMs", now.interval.count());
  if (now.last) {
    out.name("lastRound");
    write_round(out, *now.last);
  }
  out.member("rounds", static_cast<std::int64_t>(now.rounds));
  out.member("failures", static_cast<std::int64_t>(now.failures));
  out.member("breaker", to_string(now.breaker)).close('}');
  return json_answer(out.take());
}

} // namespace holdfast::http
