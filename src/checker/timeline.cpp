#include "src/checker/timeline.hpp"

#include <algorithm>
#include <limits>

namespace holdfast::checker {

namespace {

/// When the first try was called that `change` may be of.
std::int64_t asked_for(const request& by, const event& change) {
  for (const auto* call : by.tries)
    if (may_be_of(change, *call))
      return call->called_ns;
  return by.first_called_ns();
}

} // namespace

std::uint64_t version_in(const outcome& answer) {
  if (answer.has_record)
    return answer.record.version;
  return answer.current_version == absent
             ? 0
             : static_cast<std::uint64_t>(answer.current_version);
}

timeline::timeline(const sku_case& of) {
  std::int64_t born = 0;
  acknowledged_.resize(of.events.size() + 1,
                       std::numeric_limits<std::int64_t>::max());
  for (std::size_t i = 0; i < of.events.size(); ++i) {
    if (of.author[i] != nobody) {
      const auto& by = of.requests[of.author[i]];
      asked_.push_back(asked_for(by, *of.events[i]));
      born = std::max(born, asked_.back());
      auto& first = acknowledged_[i + 1];
      for (const auto* call : by.tries)
        if (call->known && call->answer.ok()
            && call->answer.record.version == i + 1)
          first = std::min(first, call->returned_ns);
    } else {
      asked_.push_back(std::numeric_limits<std::int64_t>::min());
    }
    born_.push_back(born);
  }
  for (const auto* call : of.calls)
    if (call->known && version_in(call->answer) > 0)
      told_.emplace_back(call->returned_ns, version_in(call->answer));
  std::sort(told_.begin(), told_.end());
  for (std::size_t i = 1; i < told_.size(); ++i)
    told_[i].second = std::max(told_[i].second, told_[i - 1].second);
}

std::uint64_t timeline::told_before(std::int64_t at_ns) const {
  const auto found =
      std::partition_point(told_.begin(), told_.end(), [=](const auto& each) {
        return each.first < at_ns;
      });
  return found == told_.begin() ? 0 : std::prev(found)->second;
}

std::int64_t timeline::known_ns(std::uint64_t version) const {
  const auto found =
      std::partition_point(told_.begin(), told_.end(), [=](const auto& each) {
        return each.second < version;
      });
  return found == told_.end() ? std::numeric_limits<std::int64_t>::max()
                              : found->first;
}

std::uint64_t timeline::possible_at(std::int64_t at_ns) const {
  const auto found = std::upper_bound(born_.begin(), born_.end(), at_ns);
  return static_cast<std::uint64_t>(found - born_.begin());
}

} // namespace holdfast::checker
