#include "src/cli/load/told_metrics.hpp"

#include <cstdlib>

namespace holdfast::cli {

std::optional<double> number_in(const std::string& page,
                                std::string_view name) {
  const auto at = page.find(name);
  if (at == std::string::npos)
    return std::nullopt;
  return std::strtod(page.c_str() + at + name.size(), nullptr);
}

std::optional<batch_counts> batches_in(const std::string& page) {
  static constexpr std::string_view name =
      "\nholdfast_journal_batch_operations";
  const auto count_in = [&](const std::string& of) {
    const auto told = number_in(page, std::string{name} + of);
    return told ? std::optional{static_cast<std::uint64_t>(*told)}
                : std::nullopt;
  };
  batch_counts made{{batch_bounds, {}, count_in("_sum ").value_or(0)}, 0};
  made.began_s = number_in(page, "\nprocess_start_time_seconds ").value_or(0);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i <= batch_bounds.size(); ++i) {
    const auto bound =
        i < batch_bounds.size() ? std::to_string(batch_bounds[i]) : "+Inf";
    const auto up_to = count_in("_bucket{le=\"" + bound + "\"} ");
    if (!up_to || *up_to < below)
      return std::nullopt;
    made.sizes.counts.push_back(*up_to - below);
    below = *up_to;
  }
  return made;
}

bool goes_on(const batch_counts& before, const batch_counts& now) {
  auto is_more = now.sizes.sum >= before.sizes.sum;
  for (std::size_t i = 0; i < now.sizes.counts.size(); ++i)
    is_more = is_more && now.sizes.counts[i] >= before.sizes.counts[i];
  return is_more && now.began_s == before.began_s;
}

} // namespace holdfast::cli
