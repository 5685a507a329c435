// All figures of a load for programs.
#include <nlohmann/json.hpp>

#include "src/cli/load/figures.hpp"

namespace holdfast::cli {

namespace {

using nlohmann::ordered_json;

ordered_json latency_json(const latency_counts& of) {
  ordered_json made;
  for (const auto& [name, share] :
       {std::pair{"p50", 0.5}, std::pair{"p90", 0.9}, std::pair{"p99", 0.99},
        std::pair{"p99.9", 0.999}, std::pair{"p99.99", 0.9999},
        std::pair{"max", 1.0}})
    made[name] = to_ms(of.percentile(share));
  return made;
}

ordered_json refusals_json(const load_counts& of) {
  auto made = ordered_json::object();
  for (const auto& [name, count] : refusals_by_name(of))
    made[name] = count;
  return made;
}

/// What nobody could know is left out.
ordered_json second_json(const load_second& of) {
  ordered_json made{{"at", of.at_s},
                    {"answersPerSecond", of.per_second(of.counts.answers())},
                    {"donePerSecond", of.per_second(of.counts.acknowledged)},
                    {"unknown", of.counts.unknown},
                    {"dueNeverAsked", of.counts.missed},
                    {"answeredAfterEnd", of.counts.late},
                    {"refused", refusals_json(of.counts)}};
  if (of.resident_bytes > 0)
    made["residentBytes"] = of.resident_bytes;
  if (of.counts.latency.total() > 0)
    made["latencyMs"] = latency_json(of.counts.latency);
  return made;
}

ordered_json batches_json(const histogram_view& of, bool is_restarted) {
  auto buckets = ordered_json::array();
  for (std::size_t i = 0; i < of.counts.size(); ++i) {
    ordered_json bucket{{"count", of.counts[i]}};
    if (i < of.bounds.size())
      bucket["upTo"] = of.bounds[i];
    buckets.push_back(std::move(bucket));
  }
  return {{"batches", of.count()},
          {"operations", of.sum},
          {"sinceRestart", is_restarted},
          {"buckets", std::move(buckets)}};
}

ordered_json verdict_json(const load_verdict& of) {
  auto found = ordered_json::array();
  for (const auto& each : of.found)
    found.push_back({{"item", each.item}, {"text", each.text}});
  return {{"calls", of.calls},        {"events", of.events},
          {"skus", of.skus},          {"watchedSkus", of.watched_skus},
          {"notChecked", of.missing}, {"violations", std::move(found)}};
}

ordered_json order_json(const load_figures& of) {
  const auto& order = of.order;
  ordered_json made{{"workload", order.workload},
                    {"target", of.target},
                    {"clients", order.clients},
                    {"rate", order.rate},
                    {"threads", order.threads},
                    {"skus", order.skus},
                    {"seed", of.seed}};
  if (order.workload == "flash-sale")
    made["units"] = order.units;
  return made;
}

} // namespace

std::string to_json(const load_figures& of,
                    const std::vector<curve_point>& curve) {
  ordered_json all{{"load", order_json(of)}};
  all["measuredSeconds"] = of.whole.span_s;
  all["whole"] = second_json(of.whole);
  if (of.order.workload == "flash-sale")
    all["whole"]["unitsGranted"] = of.whole.counts.granted;
  auto seconds = ordered_json::array();
  for (const auto& each : of.seconds)
    seconds.push_back(second_json(each));
  all["seconds"] = std::move(seconds);
  if (of.batches)
    all["journalBatches"] = batches_json(*of.batches, of.is_restarted);
  if (of.baseline)
    all["sqliteAlonePerSecond"] = *of.baseline;
  if (of.verdict)
    all["check"] = verdict_json(*of.verdict);
  all["complaints"] = of.complaints;
  all["cutShort"] = !of.cut_short.empty();
  all["ok"] = of.ok();
  if (!curve.empty()) {
    auto points = ordered_json::array();
    for (const auto& each : curve)
      points.push_back({{"skus", each.skus},
                        {"clients", each.clients},
                        {"perSecond", each.per_second},
                        {"p50Ms", each.p50_ms},
                        {"p99Ms", each.p99_ms}});
    all["curve"] = std::move(points);
  }
  return all.dump(2) + '\n';
}

} // namespace holdfast::cli
