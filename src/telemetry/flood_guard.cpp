#include "src/telemetry/flood_guard.hpp"

namespace holdfast::telemetry {

bool flood_guard::admit(std::string_view event, clock::time_point now) {
  const std::lock_guard guard{lock_};
  auto found = counts_.find(event);
  if (found == counts_.end())
    found = counts_.emplace(event, count{now}).first;
  auto& of = found->second;
  if (now - of.second_began >= std::chrono::seconds{1}) {
    of.second_began = now;
    of.admitted = 0;
  }
  if (of.admitted == lines_max_) {
    ++of.left_out;
    return false;
  }
  ++of.admitted;
  return true;
}

std::vector<std::pair<std::string, std::uint64_t>>
flood_guard::take_left_out() {
  const std::lock_guard guard{lock_};
  std::vector<std::pair<std::string, std::uint64_t>> result;
  for (auto& [event, of] : counts_)
    if (const auto lines = std::exchange(of.left_out, 0); lines > 0)
      result.emplace_back(event, lines);
  return result;
}

} // namespace holdfast::telemetry
