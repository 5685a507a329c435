#include "src/cli/simulation/enactment.hpp"

#include <algorithm>

namespace holdfast::simulation {

using storage::mishap;

verdict play(const story& plot, const tampering& with) {
  return enactment{plot, with}.run();
}

enactment::enactment(const story& plot, const tampering& with)
    : plot_(plot), plan_(plot.world), with_(with), dice_(plot.seed),
      traffic_(dice_, plan_), machines_(plan_.nodes.size()),
      clients_(plan_.clients) {
  network_.on_news = [this](const std::string& line) {
    say(line);
  };
  network_.tamper = with_.wire;
  for (std::size_t i = 0; i < machines_.size(); ++i) {
    auto& on = machines_[i];
    on.number = i;
    on.with = settings_of(plan_, i);
    if (with_.disk)
      with_.disk(*on.disk);
    on.disk->on_delay = [this, &on](std::uint64_t ms) {
      say(on, "the disk takes " + std::to_string(ms) + " ms");
      pass_unnoticed(static_cast<std::int64_t>(ms));
    };
  }
}

verdict enactment::run() {
  try {
    for (auto& each : machines_)
      start(each);
    for (const auto& each : plot_.steps)
      if (goes_on())
        play(each);
    come_to_an_end();
  } catch (const journal_error& error) {
    complain(4, std::string{"the journal cannot be read: "} + error.what());
  }
  // A call without an answer may have a place at a disk, of a node that lives.
  flights_.clear();
  for (auto& each : machines_) {
    bury(each);
    verdict_.power_cuts += each.disk->power_cuts();
    verdict_.crashes += each.disk->crashes();
  }
  verdict_.calls = calls_.size();
  verdict_.simulated_ms = elapsed_ms_;
  return std::move(verdict_);
}

bool enactment::goes_on() const {
  return std::ranges::all_of(
      living(), [](const auto& each) { return each.node != nullptr; });
}

machine& enactment::any() {
  if (!is_cluster())
    return machines_.front();
  auto at = dice_.below(machines_.size());
  while (!machines_[at].is_expected())
    at = (at + 1) % machines_.size();
  return machines_[at];
}

void enactment::come_to_an_end() {
  // The end is that of the seed, whatever came before.
  dice_ = dice{plot_.seed + 1};
  std::vector<checker::final_record> finals;
  if (goes_on())
    come_to_rest();
  if (goes_on())
    settle_unknown();
  if (goes_on())
    settle_letters();
  // Before the last reads: it lets time pass, and holds expire.
  if (goes_on())
    judge_views();
  if (goes_on())
    retire_all();
  if (goes_on())
    read_all(finals);
  if (goes_on())
    judge(finals);
  if (goes_on())
    check_permits();
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
  for (std::uint32_t i = 0; i < runs && goes_on(); ++i) {
    if (dice_.chance(40))
      flush();
    run_one();
    // A node that cannot write any more ends soon.
    for (auto& each : living())
      if (goes_on() && !each.node->fatal.empty() && dice_.chance(5))
        restart(each);
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
  case deed::flaw:
    return plant_flaw();
  case deed::retry_letter:
    return touch_letter(errand::retry_letter);
  case deed::delete_letter:
    return touch_letter(errand::drop_letter);
  case deed::round:
    return ask_round(any());
  case deed::blind_reads:
    *any().blind_reads = static_cast<std::uint64_t>(dice_.between(1, 6));
    return;
  case deed::full_disk:
    return plan_mishap(any(), mishap::no_room, 40);
  case deed::slow_sync:
    return plan_mishap(any(), mishap::slow_sync, 3);
  case deed::sync_error:
    return plan_mishap(any(), mishap::sync_error, 3);
  case deed::write_error:
    return plan_mishap(any(), mishap::write_error, 40);
  case deed::read_error:
    return plan_mishap(any(), mishap::read_error, 40);
  case deed::power_cut_soon:
    return plan_mishap(any(), mishap::power_cut, 60);
  case deed::crash_soon:
    return plan_mishap(any(), mishap::process_end, 60);
  case deed::power_cut:
    return cut_power(any());
  case deed::restart:
    return restart(any());
  case deed::cut:
  case deed::half_cut:
    return cut_links(next.what == deed::half_cut);
  case deed::slow_link:
  case deed::break_link:
    return disturb_link(next.what);
  case deed::heal_links:
    return heal_links();
  case deed::freeze:
    return freeze_one();
  case deed::wish:
    return wish_for_store();
  case deed::retire:
    return retire_one();
  }
}

void enactment::say(const std::string& line) {
  verdict_.trace += std::to_string(elapsed_ms_) + ' ' + line + '\n';
}

void enactment::say(const machine& of, const std::string& line) {
  say(is_cluster() ? of.with.node_name + ' ' + line : line);
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
