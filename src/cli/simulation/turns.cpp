// Time and schedule of a simulation.
#include <numeric>

#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

namespace {

/// A cluster talks to itself: longer waits come in parts, and what is due in
/// one part happens before the next.
constexpr std::int64_t part_ms = 100;
constexpr std::int64_t long_part_ms = 500;
constexpr std::int64_t long_ms = 5'000;

} // namespace

/// An actor of any node, or something that arrives over the network.
bool enactment::run_one() {
  for (auto& each : living())
    if (each.node->schedule.jobs.empty())
      each.killed.clear();
  const auto arrivals = network_.arrivals();
  const auto jobs_of = [](const machine& on) {
    return on.is_frozen() || !on.is_expected() ? 0
                                               : on.node->schedule.jobs.size();
  };
  const auto all = std::accumulate(
      machines_.begin(), machines_.end(), arrivals.size(),
      [&](auto sum, const auto& each) { return sum + jobs_of(each); });
  if (all == 0)
    return false;
  auto die = dice_.below(all);
  for (auto& each : machines_) {
    if (die < jobs_of(each)) {
      run(each, die);
      return true;
    }
    die -= jobs_of(each);
  }
  network_.deliver(arrivals[die]);
  return true;
}

void enactment::run(machine& on, std::size_t job) {
  auto& jobs = on.node->schedule.jobs;
  std::swap(jobs.front(), jobs[job]);
  if (on.stalled_for > 0) {
    --on.stalled_for;
    if (id_of(jobs.front()) == on.stalled)
      return;
  }
  run_next(on);
  if (on.disk->is_off()) {
    say(on, "the process is gone");
    end_of_node(on);
  } else {
    notice_delays();
    check_owners();
  }
}

void enactment::notice_delays() {
  for (auto& each : living())
    if (std::exchange(each.is_late, false))
      each.node->pass(std::chrono::milliseconds{0});
}

void enactment::run_dry() {
  if (!is_cluster())
    return machines_.front().node->run();
  for (auto is_idle = false; !is_idle && goes_on();) {
    for (auto& each : living())
      if (!each.is_frozen())
        each.node->run();
    const auto arrivals = network_.arrivals();
    is_idle = arrivals.empty();
    if (!is_idle)
      network_.deliver(arrivals.front());
  }
}

void enactment::wait(std::int64_t ms) {
  say("wait " + std::to_string(ms));
  const auto part = ms < long_ms ? part_ms : long_part_ms;
  for (; is_cluster() && ms > part && goes_on(); ms -= part) {
    pass(part);
    give_up_overdue();
    while (goes_on() && run_one())
      continue;
  }
  if (!goes_on())
    return;
  pass(ms);
  if (dice_.chance(70))
    give_up_overdue();
}

void enactment::pass(std::int64_t ms) {
  elapsed_ms_ += ms;
  for (auto& each : living()) {
    each.wall_ms += ms;
    if (each.is_frozen()) {
      each.frozen_ms -= ms;
      each.missed_ms += ms;
      if (each.is_frozen())
        continue;
      say(each, "goes on");
      network_.freeze(each.number, false);
      each.node->pass(
          std::chrono::milliseconds{std::exchange(each.missed_ms, 0)});
    } else {
      each.node->pass(std::chrono::milliseconds{ms});
    }
  }
  network_.advance(ms);
}

/// In the middle of somebody's work.
void enactment::pass_unnoticed(std::int64_t ms) {
  elapsed_ms_ += ms;
  for (auto& each : living()) {
    each.wall_ms += ms;
    if (each.is_frozen()) {
      each.missed_ms += ms;
      continue;
    }
    // Not while the node is only about to start.
    if (each.node)
      each.node->pass_unnoticed(std::chrono::milliseconds{ms});
    each.is_late = true;
  }
}

} // namespace holdfast::simulation
