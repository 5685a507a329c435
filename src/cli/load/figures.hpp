// What a load came to.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/histogram.hpp"
#include "src/cli/load/judgement.hpp"
#include "src/cli/load/latency_sketch.hpp"
#include "src/config/load_order.hpp"

namespace holdfast::cli {

using refusal_counts = std::array<std::uint64_t, error_code_count>;

/// Nanoseconds as milliseconds.
inline double to_ms(std::uint64_t ns) noexcept {
  return static_cast<double>(ns) / 1e6;
}

/// Counts of all clients at one moment, or between two.
struct load_counts {
  std::uint64_t acknowledged = 0;
  std::uint64_t unknown = 0;
  /// Connections that nobody accepted: no answers, and no time counts.
  std::uint64_t unreached = 0;
  std::uint64_t granted = 0;
  /// Due, and never asked: every client was waiting. Their latencies count,
  /// as far as they had waited. Only of a whole run.
  std::uint64_t missed = 0;
  /// Answered, or given up, after the end. Their latencies count, and their
  /// unknown outcomes; no rate has them. Only of a whole run.
  std::uint64_t late = 0;
  refusal_counts refused{};
  latency_counts latency;

  std::uint64_t refusals() const noexcept {
    std::uint64_t sum = 0;
    for (const auto each : refused)
      sum += each;
    return sum;
  }
  std::uint64_t answers() const noexcept {
    return acknowledged + refusals();
  }
  load_counts& operator+=(const load_counts& other);
  /// `other` must be an earlier state of the same counts.
  load_counts& operator-=(const load_counts& other);
};

/// One second of a run, or what was left of the last.
struct load_second {
  double at_s = 0;
  double span_s = 0;
  /// Memory of the target at its end; 0 where that is not known.
  std::uint64_t resident_bytes = 0;
  load_counts counts;

  double per_second(std::uint64_t count) const noexcept {
    return span_s > 0 ? static_cast<double>(count) / span_s : 0;
  }
};

struct load_figures {
  config::load_order order;
  std::string target;
  std::uint64_t seed = 0;
  /// What its SKUs begin with.
  std::string tag;
  /// Measured, without preparation and warm-up.
  std::vector<load_second> seconds;
  /// Of all of them.
  load_second whole;
  std::optional<histogram_view> batches;
  /// The node restarted meanwhile: the batches are those since then.
  bool is_restarted = false;
  /// Nothing for a run that was not checked.
  std::optional<load_verdict> verdict;
  /// What is wrong beyond that: a scenario that did not end as it must,
  /// outcomes that stayed unknown. Empty if nothing is.
  std::vector<std::string> complaints;
  /// Why the run ended early; empty if it did not.
  std::string cut_short;
  /// Rows per second of SQLite alone, in transactions of 1,024.
  std::optional<double> baseline;

  bool ok() const noexcept {
    return complaints.empty() && (!verdict || verdict->found.empty());
  }
};

/// Points of the cost curve that are by SKUs; those by clients follow.
inline constexpr std::size_t sku_points = 7;

/// One point of the cost curve.
struct curve_point {
  std::uint32_t skus = 0;
  std::uint32_t clients = 0;
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
};

/// `1,234,567`.
std::string grouped(std::uint64_t number);
/// `950 us`, `1.23 ms`, `4.5 s`.
std::string duration_text(std::uint64_t ns);
/// The same for what `share` of all took at most; `-` where there were none.
std::string latency_text(const latency_counts& of, double share);
/// Refusals by code, and as `connect_refused` those of no node, where there
/// are any.
std::vector<std::pair<std::string, std::uint64_t>>
refusals_by_name(const load_counts& of);
/// `insufficient_stock 12, overloaded 3`; empty if there were none.
std::string refusals_text(const load_counts& of);

/// One line for one second.
std::string progress_line(const load_second& of);
/// The table at the end.
std::string summary(const load_figures& of);
std::string curve_table(const std::vector<curve_point>& curve);
/// All of it.
std::string to_json(const load_figures& of,
                    const std::vector<curve_point>& curve);
/// A page that needs nothing but itself.
std::string to_page(const load_figures& of,
                    const std::vector<curve_point>& curve);

} // namespace holdfast::cli
