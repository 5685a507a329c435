// Time, schedule and disk of a simulation.
#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

namespace {

using store_pointer = store_actor::stateful_pointer<store_state>;
using storage::mishap;

caf::actor_id id_of(caf::resumable* job) {
  const auto* actor = dynamic_cast<caf::abstract_actor*>(job);
  return actor != nullptr ? actor->id() : 0;
}

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

void enactment::run_one() {
  auto& jobs = node_->schedule.jobs;
  if (jobs.empty()) {
    killed_.clear();
    return;
  }
  std::swap(jobs.front(), jobs[dice_.below(jobs.size())]);
  if (stalled_for_ > 0) {
    --stalled_for_;
    if (id_of(jobs.front()) == stalled_)
      return;
  }
  node_->schedule.run_once();
  if (disk_->is_off()) {
    say("the process is gone");
    end_of_node();
  } else if (std::exchange(is_late_, false)) {
    node_->pass(std::chrono::milliseconds{0});
  }
}

void enactment::wait(std::int64_t ms) {
  say("wait " + std::to_string(ms));
  wall_ms_ += ms;
  elapsed_ms_ += ms;
  node_->pass(std::chrono::milliseconds{ms});
  if (dice_.chance(70))
    give_up_overdue();
}

void enactment::stall_one() {
  const auto& jobs = node_->schedule.jobs;
  if (jobs.empty())
    return;
  stalled_ = id_of(dice_.pick(jobs));
  stalled_for_ = dice_.between(10, 300);
  say("stall actor " + std::to_string(stalled_));
}

void enactment::kill_one() {
  const auto& store = dice_.pick(node_->actors.stores);
  const auto& sku = dice_.pick(plan_.skus);
  auto& state = caf::actor_cast<store_pointer>(store)->state;
  const auto found = state.children.find(sku);
  if (found == state.children.end() || !found->second.actor)
    return;
  killed_.emplace(state.config->store, sku);
  say("kill " + state.config->store + '/' + sku);
  caf::anon_send_exit(found->second.actor, caf::exit_reason::kill);
  for (auto& [ticket, each] : flights_)
    if (each.op->ask.from.store == state.config->store
        && each.op->ask.from.sku == sku)
      each.may_be_lost = true;
}

void enactment::plan_mishap(mishap what, std::int64_t within) {
  const auto nth = static_cast<std::uint64_t>(dice_.between(1, within));
  auto detail = dice_.next();
  if (what == mishap::slow_sync)
    detail = static_cast<std::uint64_t>(
        dice_.chance(70) ? dice_.between(5, 300) : dice_.between(300, 8'000));
  else if (what == mishap::no_room)
    detail = static_cast<std::uint64_t>(dice_.between(1, 60));
  say("the disk " + to_string(what) + " in " + std::to_string(nth));
  disk_->plan(nth, what, detail);
}

} // namespace holdfast::simulation
