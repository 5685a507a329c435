// Actors and disks of a simulation.
#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

namespace {

using store_pointer = store_actor::stateful_pointer<store_state>;
using storage::mishap;

std::string to_string(mishap what) {
  switch (what) {
  case mishap::power_cut:
    return "loses power";
  case mishap::process_end:
    return "loses its process";
  case mishap::write_error:
    return "fails to write";
  case mishap::sync_error:
    return "fails to sync";
  case mishap::read_error:
    return "fails to read";
  case mishap::no_room:
    return "is full";
  case mishap::slow_sync:
    return "is slow";
  }
  return "unknown";
}

} // namespace

void enactment::stall_one() {
  auto& on = any();
  const auto& jobs = on.node->schedule.jobs;
  if (jobs.empty())
    return;
  on.stalled = id_of(dice_.pick(jobs));
  on.stalled_for = dice_.between(10, 300);
  say(on, "stall actor " + std::to_string(on.stalled));
}

void enactment::kill_one() {
  auto& on = any();
  const auto& store = dice_.pick(on.node->actors.stores);
  const auto& sku = dice_.pick(plan_.skus);
  auto& state = caf::actor_cast<store_pointer>(store)->state;
  const auto found = state.children.find(sku);
  if (found == state.children.end() || !found->second.actor)
    return;
  on.killed.emplace(state.config->store, sku);
  say(on, "kill " + state.config->store + '/' + sku);
  caf::anon_send_exit(found->second.actor, caf::exit_reason::kill);
  for (auto& [ticket, each] : flights_)
    if (calls_[ticket].ask.from.store == state.config->store
        && calls_[ticket].ask.from.sku == sku)
      each.may_be_lost = true;
}

void enactment::plan_mishap(machine& on, mishap what, std::int64_t within) {
  const auto nth = static_cast<std::uint64_t>(dice_.between(1, within));
  auto detail = dice_.next();
  if (what == mishap::slow_sync)
    detail = static_cast<std::uint64_t>(
        dice_.chance(70) ? dice_.between(5, 300) : dice_.between(300, 8'000));
  else if (what == mishap::no_room)
    detail = static_cast<std::uint64_t>(dice_.between(1, 60));
  say(on, "the disk " + to_string(what) + " in " + std::to_string(nth));
  on.disk->plan(nth, what, detail);
}

} // namespace holdfast::simulation
