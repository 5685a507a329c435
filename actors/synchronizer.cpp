#include "actors/synchronizer.hpp"

#include <utility>

#include "actors/background.hpp"
#include "actors/circuit_notes.hpp"
#include "actors/ledger_pack.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using sync_pointer = sync_actor::stateful_pointer<synchronizer_state>;

void send_collects(sync_pointer self) {
  auto& state = self->state;
  for (auto& [source, ask] : state.rounds->take_collects())
    self->send(state.config.ledgers[source].reader,
               collect{source, ask.number, std::move(ask.from)},
               collector_actor{sync_actor{self}});
}

void know(sync_pointer self, ledger_news& in) {
  auto& ledgers = self->state.config.ledgers;
  auto& rounds = *self->state.rounds;
  rounds.expect(in.is_whole, self->clock().now());
  const auto number = rounds.know({in.node, in.stores});
  if (number == ledgers.size())
    ledgers.emplace_back();
  if (!in.reader)
    rounds.lose(number);
  else if (in.reader != ledgers[number].reader)
    rounds.reach(number, self->clock().now());
  ledgers[number] = {{std::move(in.node), std::move(in.stores)},
                     std::move(in.reader)};
}

/// Whoever looks after the nodes wants to know.
void tell_failure(const synchronizer_config& config, const collected& in) {
  if (!config.on_failure || in.source >= config.ledgers.size())
    return;
  const auto& node = config.ledgers[in.source].source.node;
  if (!in.failure.empty())
    config.on_failure(node, in.failure);
  else if (in.page.is_other)
    config.on_failure(node, "it goes on from an older copy, and is read anew");
}

/// Reads like those of any client, but past the permits of clients.
void send_witnesses(sync_pointer self) {
  batch out;
  for (auto& order : self->state.rounds->take_witnesses()) {
    auto op = std::make_shared<operation>();
    op->ask.from.what = action::read;
    op->ask.from.store = std::move(order.of.first);
    op->ask.from.sku = std::move(order.of.second);
    op->ticket = order.number;
    op->reply_to = sync_actor{self};
    op->deadline = self->clock().now() + limits::witness_timeout;
    out.items.push_back(std::move(op));
  }
  if (!out.items.empty())
    self->send(self->state.config.owners, std::move(out));
}

std::optional<balances> known_of(const operation& op) {
  if (is_ok(op))
    return answer_of(op).record;
  if (code_of(op) == error_code::sku_not_found)
    return balances{};
  return std::nullopt;
}

void publish(sync_pointer self) {
  auto& state = self->state;
  auto& rounds = *state.rounds;
  auto& board = *state.config.board;
  const auto status = rounds.status(self->clock().now());
  const auto is_new = rounds.view()->round != board.view()->round;
  board.publish(rounds.view(), status);
  board.counters.callers.in_use = status.callers;
  board.counters.callers.queued = status.queued;
  board.counters.breaker.refused.add(rounds.take_refused());
  note_state(board.counters.breaker, status.breaker, "sync");
  if (is_new)
    board.counters.add(*status.last);
  if (is_new && state.config.on_round)
    state.config.on_round(*status.last, rounds.take_drifts());
}

void answer_callers(sync_pointer self) {
  for (const auto& said : self->state.rounds->take_answers())
    if (auto caller = self->state.callers.extract(said.caller))
      caller.mapped().done({said.code, said.report, {}});
}

void wake_in_time(sync_pointer self) {
  auto& state = self->state;
  const auto due = state.rounds->wakes_at();
  if (due >= state.wakes_at)
    return;
  state.wakes_at = due;
  const auto now = self->clock().now();
  if (due <= now)
    self->send(self, sweep_atom_v);
  else
    self->delayed_send(self, due - now, sweep_atom_v);
}

void carry_on(sync_pointer self) {
  auto& state = self->state;
  state.rounds->advance(self->clock().now(), state.config.time->now_ms());
  send_collects(self);
  send_witnesses(self);
  publish(self);
  answer_callers(self);
  wake_in_time(self);
}

void ask(sync_pointer self, round_request& in) {
  auto& state = self->state;
  const auto now = self->clock().now();
  const auto code = state.rounds->ask(++state.last_caller, in.deadline, now);
  if (code == error_code::none) {
    state.callers.emplace(state.last_caller, std::move(in));
    return;
  }
  auto& counters = state.config.board->counters;
  (code == error_code::circuit_open ? counters.breaker.refused
                                    : counters.callers.refused)
      .add();
  in.done({code, {}, state.rounds->retry_after(now)});
}

/// Nobody is left without an answer.
void leave(sync_pointer self, const caf::error& reason) {
  for (auto& [number, caller] : std::exchange(self->state.callers, {}))
    caller.done({error_code::shutting_down, {}, {}});
  self->quit(reason);
}

void start(sync_pointer self, synchronizer_config&& config) {
  auto& state = self->state;
  state.config = std::move(config);
  std::vector<sync_source> sources;
  for (const auto& each : state.config.ledgers)
    sources.push_back(each.source);
  state.rounds.emplace(state.config.with, std::move(sources));
  self->set_exit_handler(
      [=](const caf::exit_msg& msg) { leave(self, msg.reason); });
  wake_in_time(self);
}

} // namespace

sync_actor::behavior_type synchronizer(sync_pointer self,
                                       synchronizer_config config) {
  stand_behind_others(*self);
  start(self, std::move(config));
  return {
      [=](round_request& in) {
        ask(self, in);
        carry_on(self);
      },
      [=](pace_request& in) {
        self->state.rounds->pace(in.interval, self->clock().now());
        carry_on(self);
        in.done(self->state.config.board->status());
      },
      [=](collected& in) {
        unpack(in);
        tell_failure(self->state.config, in);
        self->state.rounds->take(in.source, in.number,
                                 in.failure.empty() ? &in.page : nullptr,
                                 self->clock().now());
        carry_on(self);
      },
      [=](const batch& in) {
        for (const auto& op : in.items)
          self->state.rounds->attest(op->ticket, known_of(*op));
        carry_on(self);
      },
      [=](ledger_news& in) {
        know(self, in);
        carry_on(self);
      },
      [=](sweep_atom) {
        // Others may be under way, and each of them would go on for ever.
        if (self->clock().now() < self->state.wakes_at)
          return;
        self->state.wakes_at = sync_rounds::clock::time_point::max();
        carry_on(self);
      },
  };
}

} // namespace holdfast
