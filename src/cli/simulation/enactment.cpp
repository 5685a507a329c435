#include "src/cli/simulation/enactment.hpp"

#include <algorithm>

namespace holdfast::simulation {

using storage::mishap;

verdict play(const story& plot, const tampering& with) {
  return enactment{plot, with}.run();
}

enactment::enactment(const story& plot, const tampering& with)
    : plot_(plot), plan_(plot.world), with_(with), dice_(plot.seed),
      traffic_(dice_, plan_),
      disk_(std::make_shared<storage::simulated_disk>()),
      clients_(plan_.clients) {
  if (with_.disk)
    with_.disk(*disk_);
  disk_->on_delay = [this](std::uint64_t ms) {
    say("the disk takes " + std::to_string(ms) + " ms");
    const auto span = static_cast<std::int64_t>(ms);
    wall_ms_ += span;
    elapsed_ms_ += span;
    // Not while the node is only about to start.
    if (node_)
      node_->pass_unnoticed(std::chrono::milliseconds{span});
    is_late_ = true;
  };
}

verdict enactment::run() {
  try {
    start();
    for (const auto& each : plot_.steps)
      if (node_)
        play(each);
    come_to_an_end();
  } catch (const journal_error& error) {
    complain(4, std::string{"the journal cannot be read: "} + error.what());
  }
  bury();
  verdict_.calls = calls_.size();
  verdict_.power_cuts = disk_->power_cuts();
  verdict_.crashes = disk_->crashes();
  verdict_.simulated_ms = elapsed_ms_;
  return std::move(verdict_);
}

void enactment::come_to_an_end() {
  // The end is that of the seed, whatever came before.
  dice_ = dice{plot_.seed + 1};
  std::vector<checker::final_record> finals;
  if (node_)
    come_to_rest();
  if (node_)
    settle_unknown();
  // Before the last reads: it lets time pass, and holds expire.
  if (node_)
    judge_view();
  if (node_)
    retire_all();
  if (node_)
    read_all(finals);
  if (node_)
    judge(finals);
}

void enactment::play(const step& next) {
  dice_ = dice{next.roll};
  const auto before = verdict_.trace.size();
  say("step " + std::to_string(next.number) + ": " + to_string(next.what));
  carry_out(next);
  verdict_.told.push_back(verdict_.trace.substr(before));
  run_some(next.runs);
}

void enactment::run_some(std::uint32_t runs) {
  for (std::uint32_t i = 0; i < runs && node_; ++i) {
    if (dice_.chance(40))
      flush();
    run_one();
    // A node that cannot write any more ends soon.
    if (node_ && !node_->fatal.empty() && dice_.chance(5))
      restart();
  }
}

void enactment::carry_out(const step& next) {
  switch (next.what) {
  case deed::ask:
    return act(next.number);
  case deed::wait:
    return wait(dice_.chance(80) ? dice_.between(1, 60)
                                 : dice_.between(100, 3'000));
  case deed::long_wait:
    return wait(dice_.between(5'000, 70'000));
  case deed::stall:
    return stall_one();
  case deed::kill:
    return kill_one();
  case deed::round:
    return ask_round();
  case deed::blind_reads:
    *blind_reads_ = static_cast<std::uint64_t>(dice_.between(1, 6));
    return;
  case deed::full_disk:
    return plan_mishap(mishap::no_room, 40);
  case deed::slow_sync:
    return plan_mishap(mishap::slow_sync, 3);
  case deed::sync_error:
    return plan_mishap(mishap::sync_error, 3);
  case deed::write_error:
    return plan_mishap(mishap::write_error, 40);
  case deed::read_error:
    return plan_mishap(mishap::read_error, 40);
  case deed::power_cut_soon:
    return plan_mishap(mishap::power_cut, 60);
  case deed::crash_soon:
    return plan_mishap(mishap::process_end, 60);
  case deed::power_cut:
    return cut_power();
  case deed::restart:
    return restart();
  }
}

void enactment::say(const std::string& line) {
  verdict_.trace += std::to_string(elapsed_ms_) + ' ' + line + '\n';
}

void enactment::complain(int item, const std::string& line) {
  complain({{item, line}});
}

void enactment::complain(const std::vector<checker::violation>& found) {
  for (const auto& each : found) {
    say("BROKEN item " + std::to_string(each.item) + ": " + each.text);
    verdict_.broken.push_back(each);
  }
}

} // namespace holdfast::simulation
