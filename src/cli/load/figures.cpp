#include "src/cli/load/figures.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace holdfast::cli {

namespace {

[[gnu::format(printf, 1, 2)]] std::string print(const char* form, ...) {
  char text[256];
  va_list values;
  va_start(values, form);
  std::vsnprintf(text, sizeof text, form, values);
  va_end(values);
  return text;
}

double mib(std::uint64_t bytes) {
  return static_cast<double>(bytes) / (1 << 20);
}

std::string rate_text(double per_second) {
  return grouped(static_cast<std::uint64_t>(per_second + 0.5)) + "/s";
}

void add_row(std::string& to, const char* name, const std::string& value) {
  to += print("  %-22s", name) + value + '\n';
}

/// A node may not have told it in every second.
void add_memory(std::string& to, const std::vector<load_second>& all) {
  const auto is_told = [](const load_second& each) {
    return each.resident_bytes > 0;
  };
  const auto first = std::find_if(all.begin(), all.end(), is_told);
  const auto last = std::find_if(all.rbegin(), all.rend(), is_told);
  if (first != all.end())
    add_row(to, "memory of the node",
            print("%.0f MiB at first, %.0f MiB at last",
                  mib(first->resident_bytes), mib(last->resident_bytes)));
}

} // namespace

load_counts& load_counts::operator+=(const load_counts& other) {
  acknowledged += other.acknowledged;
  unknown += other.unknown;
  unreached += other.unreached;
  granted += other.granted;
  missed += other.missed;
  late += other.late;
  for (std::size_t i = 0; i < refused.size(); ++i)
    refused[i] += other.refused[i];
  latency += other.latency;
  return *this;
}

load_counts& load_counts::operator-=(const load_counts& other) {
  acknowledged -= other.acknowledged;
  unknown -= other.unknown;
  unreached -= other.unreached;
  granted -= other.granted;
  for (std::size_t i = 0; i < refused.size(); ++i)
    refused[i] -= other.refused[i];
  latency -= other.latency;
  return *this;
}

std::string grouped(std::uint64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string duration_text(std::uint64_t ns) {
  const auto value = static_cast<double>(ns);
  if (ns < 1'000'000)
    return print("%.0f us", value / 1e3);
  if (ns < 1'000'000'000)
    return print(ns < 10'000'000 ? "%.2f ms" : "%.1f ms", value / 1e6);
  return print("%.2f s", value / 1e9);
}

std::string latency_text(const latency_counts& of, double share) {
  return of.total() == 0 ? "-" : duration_text(of.percentile(share));
}

std::vector<std::pair<std::string, std::uint64_t>>
refusals_by_name(const load_counts& of) {
  std::vector<std::pair<std::string, std::uint64_t>> made;
  for (std::size_t i = 0; i < of.refused.size(); ++i)
    if (of.refused[i] > 0)
      made.emplace_back(to_string(static_cast<error_code>(i)), of.refused[i]);
  if (of.unreached > 0)
    made.emplace_back("connect_refused", of.unreached);
  return made;
}

std::string refusals_text(const load_counts& of) {
  std::string text;
  for (const auto& [name, count] : refusals_by_name(of))
    text += (text.empty() ? "" : ", ") + name + ' ' + grouped(count);
  return text;
}

std::string progress_line(const load_second& of) {
  const auto& latency = of.counts.latency;
  auto line = print("%6.0f s %12s  p50 %9s  p99 %9s  p99.9 %9s", of.at_s,
                    rate_text(of.per_second(of.counts.answers())).c_str(),
                    latency_text(latency, 0.5).c_str(),
                    latency_text(latency, 0.99).c_str(),
                    latency_text(latency, 0.999).c_str());
  if (const auto refused = refusals_text(of.counts); !refused.empty())
    line += "  refused: " + refused;
  if (of.counts.unknown > 0)
    line += "  unknown: " + grouped(of.counts.unknown);
  return line;
}

std::string summary(const load_figures& of) {
  const auto& all = of.whole;
  const auto& latency = all.counts.latency;
  auto text = "\n" + of.order.workload + " on " + of.target + ", seed "
              + std::to_string(of.seed) + '\n';
  add_row(text, "measured", print("%.1f s", all.span_s));
  add_row(text, "answers", rate_text(all.per_second(all.counts.answers())));
  add_row(text, "  of them done",
          rate_text(all.per_second(all.counts.acknowledged)));
  if (of.order.workload == "flash-sale")
    add_row(text, "units granted",
            grouped(all.counts.granted) + " of " + grouped(of.order.units));
  for (const auto& [name, share] :
       {std::pair{"latency p50", 0.5}, std::pair{"latency p90", 0.9},
        std::pair{"latency p99", 0.99}, std::pair{"latency p99.9", 0.999},
        std::pair{"latency max", 1.0}})
    add_row(text, name, latency_text(latency, share));
  if (const auto refused = refusals_text(all.counts); !refused.empty())
    add_row(text, "refused", refused);
  if (all.counts.missed > 0)
    add_row(text, "due, never asked", grouped(all.counts.missed));
  if (all.counts.late > 0)
    add_row(text, "answered after end", grouped(all.counts.late));
  if (all.counts.unknown > 0)
    add_row(text, "outcome unknown", grouped(all.counts.unknown));
  if (of.batches && of.batches->count() > 0)
    add_row(text, "operations in a batch",
            print("%.1f", static_cast<double>(of.batches->sum)
                              / static_cast<double>(of.batches->count()))
                + (of.is_restarted ? ", since the node restarted" : ""));
  add_memory(text, of.seconds);
  if (of.baseline)
    add_row(text, "SQLite alone",
            rate_text(*of.baseline)
                + print(", so %.2f of it",
                        all.per_second(all.counts.answers()) / *of.baseline));
  if (!of.cut_short.empty())
    add_row(text, "ended early", of.cut_short);
  for (const auto& each : of.complaints)
    add_row(text, "FAULT", each);
  return text;
}

std::string curve_table(const std::vector<curve_point>& curve) {
  std::string text = "\n       SKUs  clients        rate       p50       p99\n";
  for (const auto& each : curve)
    text += print("%11s %8s %11s %6.2f ms %6.2f ms\n",
                  grouped(each.skus).c_str(), grouped(each.clients).c_str(),
                  rate_text(each.per_second).c_str(), each.p50_ms, each.p99_ms);
  return text;
}

} // namespace holdfast::cli
