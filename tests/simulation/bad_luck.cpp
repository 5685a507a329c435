// What happens to the node of a simulation.
#include "tests/simulation/simulation.hpp"

namespace holdfast::test {

namespace {

using store_pointer = store_actor::stateful_pointer<store_state>;

caf::actor_id id_of(caf::resumable* job) {
  const auto* actor = dynamic_cast<caf::abstract_actor*>(job);
  return actor != nullptr ? actor->id() : 0;
}

} // namespace

void simulation::start() {
  node_ = std::make_unique<world>(plan_.with, disk_, plan_.idle_after);
  // The journal tells the node what time it must be at least.
  now_ms_ = std::max(now_ms_, node_->time->ms);
  node_->time->ms = now_ms_;
  node_->on_answer = [this](const operation_ptr& op) {
    on_answer(op);
  };
}

void simulation::run_one() {
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
}

void simulation::strike(std::uint64_t die) {
  const auto hits = [&die](std::uint64_t share) {
    const auto hit = die < 10 * share;
    die -= hit ? 0 : 10 * share;
    return hit;
  };
  if (hits(plan_.long_waits))
    wait(dice_.between(5'000, 70'000));
  else if (hits(plan_.stalls))
    stall_one();
  else if (hits(plan_.kills))
    kill_one();
  else if (hits(plan_.full_disks))
    break_disk(journal_error::kind::full);
  else if (hits(plan_.failed_disks))
    break_disk(journal_error::kind::failed);
  else if (hits(plan_.power_cuts))
    power_cut();
  else if (hits(plan_.restarts))
    restart();
  else if (hits(plan_.rounds))
    ask_round();
  else if (hits(plan_.blind_reads))
    disk_->fail_reads(static_cast<std::uint64_t>(dice_.between(1, 6)));
  else
    run_one();
}

void simulation::wait(std::int64_t ms) {
  say("wait " + std::to_string(ms));
  now_ms_ += ms;
  elapsed_ms_ += ms;
  node_->time->ms = now_ms_;
  node_->schedule.advance_time(std::chrono::milliseconds{ms});
  if (dice_.chance(70))
    give_up_overdue();
}

void simulation::stall_one() {
  const auto& jobs = node_->schedule.jobs;
  if (jobs.empty())
    return;
  stalled_ = id_of(dice_.pick(jobs));
  stalled_for_ = dice_.between(10, 300);
  say("stall actor " + std::to_string(stalled_));
}

void simulation::kill_one() {
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

void simulation::break_disk(journal_error::kind kind) {
  const auto nth = static_cast<std::uint64_t>(dice_.between(1, 3));
  const auto reached = kind == journal_error::kind::failed && dice_.chance(50);
  say("the disk will " + std::string{reached ? "keep, and " : ""}
      + (kind == journal_error::kind::full ? "be full" : "fail") + " in "
      + std::to_string(nth));
  disk_->fail_commit_at(nth, kind, reached);
}

void simulation::power_cut() {
  say("power cut");
  disk_->crash();
  end_of_node();
}

/// In order where it can be; a process that ends takes its operations along.
void simulation::restart() {
  say("restart");
  if (node_->fatal.empty() && dice_.chance(70)) {
    flush();
    node_->run();
    node_->actors.finish();
    node_->run();
  }
  end_of_node();
}

void simulation::end_of_node() {
  node_->on_answer = nullptr;
  for (auto& [ticket, each] : flights_)
    give_up(each);
  flights_.clear();
  outbox_.clear();
  killed_.clear();
  end_rounds();
  node_.reset();
  // The wall clock may be set back meanwhile.
  if (dice_.chance(50)) {
    const auto away_ms = dice_.between(0, 4'000);
    now_ms_ += away_ms;
    elapsed_ms_ += away_ms;
  } else if (dice_.chance(20)) {
    now_ms_ -= dice_.between(0, 60'000);
  }
  start();
}

} // namespace holdfast::test
