// How a simulation ends: everything heals, and every question is answered.
#include "src/cli/simulation/enactment.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "src/cli/simulation/narrator.hpp"
#include "src/storage/read_only.hpp"
#include "src/storage/verify.hpp"

namespace holdfast::simulation {

namespace {

using store_pointer = store_actor::stateful_pointer<store_state>;

/// As the table of faults has it.
constexpr std::int64_t expiry_tolerance_ms = 1'000;

} // namespace

void enactment::come_to_rest() {
  say("rest");
  for (auto& each : living()) {
    each.disk->heal();
    // A round that is late asks owners, who then have work to do.
    *each.blind_reads = 0;
    each.flaw = {};
  }
  come_together();
  flush();
  run_dry();
  // What threw may wait for its next try, and then the journal for callers to
  // return.
  for (int i = 0; i < 2; ++i) {
    wait(1'000);
    run_dry();
  }
  give_up_overdue();
  run_dry();
  check_all_answered();
  check_unknown_sku();
  wait(limits::request_deadline.count());
  give_up_overdue();
  run_dry();
  for (auto& each : living())
    if (goes_on() && (!each.node->fatal.empty() || dice_.chance(30)))
      restart(each);
  for (auto& each : living())
    each.disk->heal();
  come_together();
}

/// Where no actor was killed, no operation may be left behind.
void enactment::check_all_answered() {
  for (const auto& [ticket, each] : flights_)
    if (each.may_be_lost)
      return; // and with it those that wait for its permit
  for (const auto& [ticket, each] : flights_)
    complain(0, "call " + std::to_string(ticket) + " was never answered");
}

/// Whoever asks for what does not exist must not be able to keep actors alive.
void enactment::check_unknown_sku() {
  for (const auto& each : living()) {
    if (!each.node->fatal.empty())
      continue; // its journal could not tell
    for (const auto& store : each.node->actors.stores)
      if (caf::actor_cast<store_pointer>(store)->state.children.contains(
              unknown_sku))
        complain(0, "a SKU that does not exist kept an actor");
  }
}

/// What nobody uses any more must not cost an actor. A cluster does not sleep
/// meanwhile, and nothing of it has a part in this.
void enactment::retire_all() {
  if (is_cluster() || dice_.chance(50))
    return;
  auto& node = *machines_.front().node;
  const auto long_ms = std::max<std::int64_t>(
      plan_.with.idemp_ttl_ms, 60'000 + 1'000 * plan_.with.reservation_ttl_s);
  const auto is_asleep = [&] {
    return std::all_of(
        node.actors.stores.begin(), node.actors.stores.end(),
        [](const auto& store) {
          return caf::actor_cast<store_pointer>(store)->state.children.empty();
        });
  };
  // A round may have asked one for what it knows, at the very end.
  for (int i = 0; i < 5 || (i < 8 && !is_asleep()); ++i) {
    wait(long_ms * 5 / 4);
    run_dry();
  }
  if (!is_asleep())
    complain(0, "an idle SKU kept its actor");
}

/// Every record, through every node.
void enactment::read_all(std::vector<checker::final_record>& finals) {
  for (auto& at : living())
    for (const auto& store : plan_.with.stores)
      for (const auto& sku : plan_.skus) {
        command ask;
        ask.from.what = action::read;
        ask.from.store = store;
        ask.from.sku = sku;
        const auto answer = settle(at, ask);
        const auto* owner = owner_of(store);
        if (answer && owner != nullptr
            && answer->code == error_code::store_not_found)
          complain(0, at.with.node_name + " does not know " + store);
        if (answer && &at == owner)
          finals.push_back({store, sku, answer->record});
      }
}

/// Everything is answered or given up: nobody has a permit any more, and
/// nobody waits for one.
void enactment::check_permits() {
  for (const auto& each : living()) {
    const auto& all = *each.node->mediators;
    for (const auto* of : {&all.bulkhead, &all.disk.bulkhead})
      if (const auto left = of->in_use + of->queued; left > 0)
        complain(0, "permits never came back to the "
                        + std::string{of == &all.bulkhead ? "API" : "disk"}
                        + (is_cluster() ? " of " + each.with.node_name : "")
                        + ": " + std::to_string(left));
  }
}

std::vector<event> enactment::journal_of(const machine& of) const {
  storage::event_reader log{data_dir, *of.disk};
  const auto end = log.last_seq();
  std::vector<event> all;
  for (std::uint64_t after = 0; after < end;) {
    auto page = log.scan(after, limits::page_max, {});
    after = page.last_seq;
    for (auto& change : page.events)
      all.push_back(std::move(change));
  }
  return all;
}

std::vector<event> enactment::journals() const {
  std::vector<event> all;
  for (const auto& each : living())
    for (auto& change : journal_of(each))
      all.push_back(std::move(change));
  return all;
}

/// Each node answers for its own stores, whoever was asked.
void enactment::judge(const machine& of,
                      const std::vector<checker::final_record>& finals) {
  const auto events = journal_of(of);
  for (const auto& change : events) {
    say(of, "journal " + tell(change));
    if (owner_of(change.from.store) != &of)
      complain(8, of.with.node_name + " wrote to " + change.from.store);
  }
  verdict_.events += events.size();
  std::vector<checker::final_record> own;
  for (const auto& each : finals)
    if (owner_of(each.store) == &of)
      own.push_back(each);
  checker::terms with{plan_.with.reservation_ttl_s, plan_.with.idemp_ttl_ms};
  with.expiry_tolerance_ms = expiry_tolerance_ms;
  with.is_real_time = verdict_.is_real_time = !clock_was_set_;
  complain(checker::check(calls_of(of), events, own, with));
  if (const auto found = storage::verify_journal(data_dir, *of.disk);
      !found.ok())
    complain(4, "verify after event " + std::to_string(found.fault->seq) + ": "
                    + found.fault->what);
  judge_letters(of, events);
}

void enactment::judge(const std::vector<checker::final_record>& finals) {
  for (const auto& each : living())
    judge(each, finals);
  for (const auto& store : plan_.with.stores)
    if (owner_of(store) != nullptr && freed_ns(store) > 0)
      ++verdict_.made_anew;
}

} // namespace holdfast::simulation
