// Nodes of a simulation that are gone for good. What they had is not counted
// any more: their stores begin anew, wherever somebody wants them.
#include <algorithm>
#include <iterator>
#include <limits>

#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

bool machine::has(const std::string& store) const {
  const auto is_among = [&](const std::vector<std::string>& stores) {
    return std::find(stores.begin(), stores.end(), store) != stores.end();
  };
  const auto* own = remembers.find(with.node_name);
  return is_among(with.stores) || (own != nullptr && is_among(own->stores));
}

/// A node is lost, or what became of the last one that was goes on.
void enactment::retire_one() {
  const machine* lost = nullptr;
  for (const auto& each : machines_)
    if (!each.is_expected()) {
      if (!is_retired(each))
        return wish(any(), each.with.node_name, {});
      lost = &each;
    }
  if (lost != nullptr && dice_.chance(70)) {
    auto& via = any();
    const auto& node = any().with.node_name;
    return wish(via, node, dice_.pick(lost->with.stores));
  }
  // Whom others do not know yet nobody can retire.
  if (const auto why = what_is_apart(); !why.empty())
    return say("nobody is lost: " + why);
  if (std::ranges::distance(living()) > 1)
    lose_for_good(any());
}

/// It never starts again. Others notice that by themselves.
void enactment::lose_for_good(machine& on) {
  say(on, "is lost for good");
  ++verdict_.lost;
  on.lost_ns = tick();
  if (dice_.chance(50))
    on.disk->cut_power(dice_.next());
  stop(on);
  const auto is_of_it = [&](const auto& told) {
    return on.has(told.first.first);
  };
  std::erase_if(told_versions_, is_of_it);
  for (auto& [caller, each] : round_callers_)
    std::erase_if(each.told, is_of_it);
}

/// An operator says it until a node has heard it.
void enactment::retire_lost() {
  for (const auto& each : machines_)
    if (!each.is_expected() && !is_retired(each))
      wish(any(), each.with.node_name, {});
}

/// Some node will not forget it.
bool enactment::is_retired(const machine& lost) const {
  return std::ranges::any_of(living(), [&](const auto& each) {
    const auto* entry = each.remembers.find(lost.with.node_name);
    return entry != nullptr && entry->retired;
  });
}

/// When the last of those that had `store` and are gone was lost.
std::int64_t enactment::freed_ns(const std::string& store) const {
  auto last = std::numeric_limits<std::int64_t>::min();
  for (const auto& each : machines_)
    if (!each.is_expected() && each.has(store))
      last = std::max(last, *each.lost_ns);
  return last;
}

/// What was asked of the stores that it has. What a node before it answered is
/// left out; what that may have answered, or not, this one may have done.
checker::history enactment::calls_of(const machine& of) const {
  checker::history calls;
  for (const auto& each : calls_) {
    const auto& from = each.ask.from;
    if (from.sku.empty() || home_of(from.store) != of.number)
      continue;
    const auto free_ns = freed_ns(from.store);
    const auto is_old = each.called_ns < free_ns;
    if (is_old && each.known && each.returned_ns < free_ns)
      continue;
    calls.push_back(each);
    calls.back().known = each.known && !is_old;
  }
  return calls;
}

} // namespace holdfast::simulation
