#include "src/cli/simulation/stage.hpp"

#include <algorithm>

#include <caf/io/middleman.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/directory.hpp"

namespace holdfast::simulation {

stage::config::config(bool is_member) {
  set("scheduler.policy", caf::atom("testing"));
  if (is_member) {
    // It gives the system a name of its own. Nothing else is asked of it.
    set("middleman.network-backend", caf::atom("testing"));
    load<caf::io::middleman>();
  }
  add_message_types<caf::id_block::holdfast>();
  add_message_types<caf::id_block::holdfast_doors>();
}

stage::stage(stage_parts given)
    : with(std::move(given.with)), config_(given.join.has_value()),
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
  parts.is_member = given.join.has_value();
  if (given.adjust)
    given.adjust(parts);
  actors = spawn_chain(system, std::move(parts));
  spawn_rounds(std::move(given.own));
  if (given.join)
    join(std::move(*given.join));
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
  parts.owner = {counters, [this](const std::string& why) {
                   fatal = why;
                 }};
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

void stage::join(stage_membership given) {
  seat = std::make_unique<network_seat>(*given.of, given.machine, system);
  cluster_parts parts;
  parts.with = with;
  parts.actors = &actors;
  parts.rounds = sync;
  parts.config = std::move(given.config);
  parts.config.dialler = seat->dialler();
  parts.config.on_verdict = [this](const std::string& why) {
    verdict = why;
  };
  parts.config.on_fatal = [this](const std::string& why) {
    fatal = why;
  };
  parts.config.board = cluster;
  parts.detach = false;
  members = spawn_cluster(system, std::move(parts));
  seat->open(members.member);
}

/// A member that failed did not take along the stores that it had made.
void stage::leave() {
  if (!members.feed)
    return;
  schedule.run();
  using directory_pointer = directory_actor::stateful_pointer<directory_state>;
  std::vector<answer_actor> made;
  for (const auto& [store, to] :
       caf::actor_cast<directory_pointer>(actors.directory)->state.now.stores)
    if (to)
      made.push_back(to);
  for (const auto& each : made)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  members.finish();
  members = {};
  schedule.run();
}

stage::~stage() {
  if (seat)
    seat->finish();
  leave();
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
  // Proxies go before their actor system.
  seat.reset();
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
