#include "src/cli/simulation/stage.hpp"

#include <algorithm>

#include <caf/typed_event_based_actor.hpp>

#include "actors/node_interfaces.hpp"

namespace holdfast::simulation {

stage::config::config() {
  set("scheduler.policy", caf::atom("testing"));
  add_message_types<caf::id_block::holdfast>();
  add_message_types<caf::id_block::holdfast_doors>();
}

stage::stage(stage_parts given)
    : with(std::move(given.with)),
      schedule(
          dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler())) {
  chain_parts parts;
  parts.with = with;
  parts.journal = std::move(given.journal);
  // As the clock of a node: never before what the journal holds.
  time->ms = std::max({given.wall_ms, parts.journal->last_time_ms()});
  parts.idle_after = given.idle_after;
  parts.time = time;
  parts.now = [this] {
    return schedule.clock().now();
  };
  parts.counters = counters;
  parts.mediators = mediators;
  parts.on_fatal = [this](const std::string& why) {
    fatal = why;
  };
  parts.detach_journal = false;
  if (given.adjust)
    given.adjust(parts);
  actors = spawn_chain(system, std::move(parts));
  spawn_rounds(std::move(given.own));
  home_ = system.spawn([this](answer_actor::pointer) {
    return answer_actor::behavior_type{[this](const batch& in) {
      for (const auto& op : in.items) {
        ++answers[op];
        if (on_answer)
          on_answer(op);
      }
    }};
  });
}

void stage::spawn_rounds(std::unique_ptr<ledger> own) {
  sync_parts parts;
  parts.with = with;
  parts.own = std::move(own);
  parts.config.owners = actors.directory;
  parts.config.time = time;
  parts.config.board = board;
  parts.config.on_round = [this](const round_report&,
                                 const std::vector<drift>& found) {
    drifts.insert(drifts.end(), found.begin(), found.end());
  };
  parts.detach = false;
  sync = spawn_sync(system, std::move(parts));
}

stage::~stage() {
  sync.finish();
  // A store takes its SKU actors along.
  for (const auto& store : actors.stores)
    caf::anon_send_exit(store, caf::exit_reason::user_shutdown);
  schedule.run();
  caf::anon_send_exit(actors.entry, caf::exit_reason::kill);
  caf::anon_send_exit(actors.breaker, caf::exit_reason::kill);
  caf::anon_send_exit(actors.directory, caf::exit_reason::kill);
  caf::anon_send_exit(actors.journal, caf::exit_reason::kill);
  caf::anon_send_exit(home_, caf::exit_reason::kill);
  schedule.run();
}

void stage::send(operations ops) {
  for (auto& op : ops)
    op->reply_to = home_;
  caf::anon_send(actors.entry, batch{std::move(ops)});
}

void stage::run() {
  schedule.run();
}

void stage::pass(std::chrono::milliseconds span) {
  time->ms += span.count();
  schedule.advance_time(span);
}

void stage::pass_unnoticed(std::chrono::milliseconds span) {
  time->ms += span.count();
  schedule.clock().current_time += span;
}

} // namespace holdfast::simulation
