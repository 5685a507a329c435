#include "tests/support/world.hpp"

#include <doctest/doctest.h>

#include <optional>

#include "holdfast/limits.hpp"

namespace holdfast::test {

settings world::unlimited() {
  settings made;
  made.concurrency_api = 0;
  made.concurrency_fs = 0;
  made.breaker_threshold = 0;
  made.load_shed_queue_max = 0;
  made.stores = {"store-1", "store-2"};
  made.sync_interval_ms = 0;
  return made;
}

namespace {

simulation::stage_parts
parts_of(settings with, const std::shared_ptr<storage::memory_disk>& on,
         std::chrono::milliseconds idle_after,
         const std::function<void(chain_parts&)>& adjust) {
  simulation::stage_parts parts;
  parts.adjust = adjust;
  parts.with = std::move(with);
  parts.journal = std::make_unique<storage::memory_journal>(on);
  parts.own = std::make_unique<storage::memory_ledger>(on);
  parts.idle_after = idle_after;
  return parts;
}

} // namespace

world::world(settings chosen, std::shared_ptr<storage::memory_disk> on,
             std::chrono::milliseconds idle_after,
             const std::function<void(chain_parts&)>& adjust)
    : stage(parts_of(std::move(chosen), on, idle_after, adjust)),
      disk(std::move(on)) {
  // nop
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

outcome world::ask(operation_ptr op) {
  send({op});
  run();
  REQUIRE(answered(op));
  return answer_of(*op);
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

void world::run_shuffled(std::minstd_rand& random) {
  while (schedule.has_job()) {
    const auto pick = random() % schedule.jobs.size();
    std::swap(schedule.jobs.front(), schedule.jobs[pick]);
    schedule.run_once();
  }
}

void world::pass(std::chrono::milliseconds span) {
  stage::pass(span);
  run();
}

const store_state& state_of(const store_actor& store) {
  using pointer = store_actor::stateful_pointer<store_state>;
  return caf::actor_cast<pointer>(store)->state;
}

std::int64_t shown_on_hand(const world& in, const std::string& sku) {
  const auto view = in.board->view();
  const auto found = view->find(sku);
  return found ? found->on_hand : -1;
}

} // namespace holdfast::test
