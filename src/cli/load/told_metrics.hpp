// What a node tells of itself in its page of metrics.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "holdfast/histogram.hpp"

namespace holdfast::cli {

/// Operations of each transaction, up to one moment.
struct batch_counts {
  histogram_view sizes;
  /// When the process that counts began, as it says; 0 where it is this one.
  double began_s = 0;
};

/// The number behind `name`; nothing where that is not told.
std::optional<double> number_in(const std::string& page, std::string_view name);

/// Nothing where they are not told.
std::optional<batch_counts> batches_in(const std::string& page);

/// False if who told `now` counted anew since `before`.
bool goes_on(const batch_counts& before, const batch_counts& now);

} // namespace holdfast::cli
