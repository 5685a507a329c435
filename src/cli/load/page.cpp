// The figures of a load as a page that needs nothing but itself.
#include <algorithm>

#include "src/cli/load/chart.hpp"
#include "src/cli/load/figures.hpp"
#include "src/cli/load/page_charts.hpp"

namespace holdfast::cli {

namespace {

constexpr auto head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>holdfast load</title>
<style>
:root { color-scheme: light dark; --ink: #1c2430; --dim: #5b6675;
  --paper: #ffffff; --card: #f5f7fa; --line: #d9dfe7; --s1: #1f6feb;
  --s2: #d1600a; --s3: #7a3fc4; --s4: #1a7f4b; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --dim: #9aa6b5;
  --paper: #12161c; --card: #1b212a; --line: #333c49; --s1: #6ea8fe;
  --s2: #ffa35c; --s3: #c29bff; --s4: #5fd39a; --bad: #ff8a80; } }
body { margin: 0 auto; max-width: 1500px; padding: 24px;
  background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; }
h2 { font-size: 16px; margin: 0 0 10px; }
p.sub { color: var(--dim); margin: 0 0 20px; }
.tiles { display: grid; gap: 12px; margin-bottom: 20px;
  grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); }
.tile, .card { background: var(--card); border: 1px solid var(--line);
  border-radius: 8px; padding: 12px 16px; }
.tile b { display: block; font-size: 21px; } .tile span { color: var(--dim); }
.bad b { color: var(--bad); }
.cards { display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 600px), 1fr)); }
svg { width: 100%; height: auto; display: block; }
svg text { fill: var(--dim); font: 12px system-ui, sans-serif; }
svg text.title { fill: var(--ink); }
.grid { stroke: var(--line); } .axis { stroke: var(--dim); }
polyline, line.s1, line.s2, line.s3, line.s4 { fill: none; stroke-width: 2;
  stroke-linejoin: round; }
.s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); } .s3 { stroke: var(--s3); }
.s4 { stroke: var(--s4); } .dot { fill: var(--card); stroke-width: 2; }
.bar { fill: var(--s1); }
pre { overflow-x: auto; margin: 0; font-size: 13px; color: var(--bad);
  white-space: pre-wrap; }
</style></head><body>
)";

std::string tile(const std::string& value, const std::string& name,
                 bool is_bad = false) {
  return std::string{"<div class=\"tile"} + (is_bad ? " bad" : "") + "\"><b>"
         + escape(value) + "</b><span>" + escape(name) + "</span></div>\n";
}

std::string card(const std::string& name, const std::string& content) {
  return content.empty() ? ""
                         : "<div class=\"card\"><h2>" + escape(name) + "</h2>\n"
                               + content + "</div>\n";
}

std::string tiles(const load_figures& of) {
  const auto& all = of.whole;
  const auto rate = [&](double per_second) {
    return grouped(static_cast<std::uint64_t>(per_second + 0.5));
  };
  auto made =
      tile(rate(all.per_second(all.counts.answers())), "answers per second")
      + tile(rate(all.per_second(all.counts.acknowledged)), "of them done");
  for (const auto& [name, share] :
       {std::pair{"p50", 0.5}, std::pair{"p99", 0.99},
        std::pair{"p99.9", 0.999}})
    made += tile(latency_text(all.counts.latency, share),
                 std::string{"latency "} + name);
  if (of.baseline)
    made +=
        tile(place_of_two(all.per_second(all.counts.answers()) / *of.baseline),
             "of SQLite alone");
  if (all.counts.missed > 0)
    made += tile(grouped(all.counts.missed), "due, never asked", true);
  if (all.counts.late > 0)
    made += tile(grouped(all.counts.late), "answered after the end");
  if (all.counts.unknown > 0)
    made += tile(grouped(all.counts.unknown), "outcomes unknown at first");
  if (of.verdict) {
    const auto count = of.verdict->found.size() + of.complaints.size();
    made +=
        tile(count == 0 ? "clean" : grouped(count) + " faults",
             "checked: " + grouped(of.verdict->calls) + " calls", count != 0);
  } else {
    made += tile("not checked", of.order.no_check ? "--no-check" : "it failed",
                 !of.complaints.empty());
  }
  if (!of.cut_short.empty())
    made += tile("ended early", of.cut_short);
  return "<div class=\"tiles\">" + made + "</div>\n";
}

std::string faults(const load_figures& of) {
  std::string text;
  for (const auto& each : of.complaints)
    text += each + '\n';
  if (of.verdict)
    text += checker::describe(
        {of.verdict->found.begin(),
         of.verdict->found.begin()
             + static_cast<std::ptrdiff_t>(
                 std::min<std::size_t>(of.verdict->found.size(), 50))});
  return text.empty() ? "" : "<pre>" + escape(text) + "</pre>\n";
}

} // namespace

std::string to_page(const load_figures& of,
                    const std::vector<curve_point>& curve) {
  const auto& order = of.order;
  auto loop = order.rate > 0 ? "open loop at " + grouped(order.rate) + "/s"
                             : std::string{"closed loop"};
  return head + std::string{"<h1>Load: "} + escape(order.workload)
         + "</h1>\n<p class=\"sub\">" + escape(of.target) + ", "
         + grouped(order.clients) + " clients, " + loop + ", "
         + grouped(order.skus) + " SKUs, " + place_of_two(of.whole.span_s)
         + " s, seed " + std::to_string(of.seed) + "</p>\n" + tiles(of)
         + "<div class=\"cards\">\n" + card("What is wrong", faults(of))
         + card("Throughput over time", throughput_chart(of.seconds))
         + card("Latency over time", latency_over_time(of.seconds))
         + card("Latency: how many answers took how long",
                latency_histogram(of.whole.counts.latency))
         + card("Latency by percentile",
                percentile_curve(of.whole.counts.latency))
         + card("Refusals by code", refusal_chart(of.whole.counts))
         + card(std::string{"Journal: operations in a batch"}
                    + (of.is_restarted ? ", since the node restarted" : ""),
                batch_chart(of.batches))
         + card("Memory of the node", memory_chart(of.seconds))
         + card("Cost of SKUs", curve_by_skus(curve))
         + card("Cost of clients", curve_by_clients(curve))
         + "</div></body></html>\n";
}

} // namespace holdfast::cli
