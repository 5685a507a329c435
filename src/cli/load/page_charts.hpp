// The charts of the page of a load; empty texts where there is nothing to
// show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/cli/load/figures.hpp"

namespace holdfast::cli {

std::string throughput_chart(const std::vector<load_second>& of);
std::string latency_over_time(const std::vector<load_second>& of);
std::string memory_chart(const std::vector<load_second>& of);
std::string latency_histogram(const latency_counts& of);
std::string percentile_curve(const latency_counts& of);
std::string refusal_chart(const load_counts& of);
std::string batch_chart(const std::optional<histogram_view>& of);
std::string curve_by_skus(const std::vector<curve_point>& of);
std::string curve_by_clients(const std::vector<curve_point>& of);

/// `0.61`.
std::string place_of_two(double value);

} // namespace holdfast::cli
