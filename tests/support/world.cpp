#include "tests/support/world.hpp"

#include <doctest/doctest.h>

#include <optional>

#include <caf/typed_event_based_actor.hpp>

#include "holdfast/limits.hpp"

namespace holdfast::test {

world::config::config() {
  set("scheduler.policy", caf::atom("testing"));
  add_message_types<caf::id_block::holdfast>();
}

settings world::unlimited() {
  settings made;
  made.concurrency_api = 0;
  made.breaker_threshold = 0;
  made.load_shed_queue_max = 0;
  made.stores = {"store-1", "store-2"};
  made.sync_interval_ms = 0;
  return made;
}

world::world(settings chosen, std::shared_ptr<storage::memory_disk> on,
             std::chrono::milliseconds idle_after,
             const std::function<void(chain_parts&)>& adjust)
    : with(std::move(chosen)), disk(std::move(on)),
      time(std::make_shared<manual_time>()),
      schedule(
          dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler())) {
  chain_parts parts;
  parts.with = with;
  parts.journal = std::make_unique<storage::memory_journal>(disk);
  time->ms = std::max(time->ms, parts.journal->last_time_ms());
  parts.idle_after = idle_after;
  parts.time = time;
  parts.counters = counters;
  parts.mediators = mediators;
  parts.on_fatal = [this](const std::string& why) {
    fatal = why;
  };
  parts.detach_journal = false;
  if (adjust)
    adjust(parts);
  actors = spawn_chain(system, std::move(parts));
  spawn_rounds();
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

void world::spawn_rounds() {
  sync_parts parts;
  parts.with = with;
  parts.own = std::make_unique<storage::memory_ledger>(disk);
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

world::~world() {
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

operation_ptr world::make(action what, const std::string& sku,
                          std::int64_t amount) {
  auto op = std::make_shared<operation>();
  op->ask.from.what = what;
  op->ask.from.store = "store-1";
  op->ask.from.sku = sku;
  op->ask.amount = amount;
  return op;
}

operation_ptr world::keyed(operation_ptr op, const std::string& key) {
  op->ask.from.key = key;
  for (int i = 0; i < 8; ++i)
    op->ask.from.fingerprint[i] =
        static_cast<std::uint8_t>(op->ask.amount >> (8 * i));
  return op;
}

operation_ptr world::about(operation_ptr op, const reservation& hold) {
  op->ask.reservation = hold.ref;
  return op;
}

void world::send(operations ops) {
  for (auto& op : ops)
    op->reply_to = home_;
  caf::anon_send(actors.entry, batch{std::move(ops)});
}

outcome world::ask(operation_ptr op) {
  send({op});
  run();
  REQUIRE(answered(op));
  return op->answer;
}

round_answer world::ask_round() {
  std::optional<round_answer> said;
  caf::anon_send(sync.rounds, round_request{schedule.clock().now()
                                                + limits::request_deadline,
                                            [&](const round_answer& in) {
                                              said = in;
                                            }});
  run();
  REQUIRE(said);
  return *said;
}

bool world::answered(const operation_ptr& op) const {
  const auto found = answers.find(op);
  return found != answers.end() && found->second == 1;
}

void world::run() {
  schedule.run();
}

void world::run_shuffled(std::minstd_rand& random) {
  while (schedule.has_job()) {
    const auto pick = random() % schedule.jobs.size();
    std::swap(schedule.jobs.front(), schedule.jobs[pick]);
    schedule.run_once();
  }
}

void world::pass(std::chrono::milliseconds span) {
  time->ms += span.count();
  schedule.advance_time(span);
  schedule.run();
}

} // namespace holdfast::test
