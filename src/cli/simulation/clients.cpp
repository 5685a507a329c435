// Clients of a simulation, and the bridge between them and the actors.
#include <algorithm>

#include "holdfast/limits.hpp"
#include "src/cli/simulation/enactment.hpp"
#include "src/cli/simulation/narrator.hpp"

namespace holdfast::simulation {

/// The first who waits for nothing asks for something, now and then twice.
void enactment::act(std::uint32_t number) {
  const auto first = dice_.below(clients_.size());
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    const auto who = static_cast<std::uint32_t>((first + i) % clients_.size());
    auto& by = clients_[who];
    if (by.waits_for > 0)
      continue;
    const auto ask =
        by.again ? *std::exchange(by.again, {}) : traffic_.next(number);
    submit(any(), who, ask);
    if (!ask.from.key.empty() && dice_.chance(8))
      submit(any(), who, ask);
    return;
  }
}

std::size_t enactment::submit(machine& at, std::uint32_t who,
                              const command& ask) {
  auto op = std::make_shared<operation>();
  op->ask = ask;
  return send(at, {std::move(op), who}, ask, tell(ask));
}

/// `made` with its operation and its client.
std::size_t enactment::send(machine& at, flight made, const command& ask,
                            const std::string& words) {
  const auto ticket = calls_.size();
  const auto who = made.client;
  const auto op = made.op;
  op->ticket = ticket;
  op->deadline = at.node->schedule.clock().now()
                 + (dice_.chance(80)
                        ? limits::request_deadline
                        : std::chrono::milliseconds{dice_.between(10, 2'000)});
  checker::entry call;
  call.client = who;
  call.ask = ask;
  call.called_ns = tick();
  calls_.push_back(std::move(call));
  const auto& owner = machines_[home_of(ask.from.store)];
  made.at = at.number;
  made.may_be_lost = owner.killed.contains({ask.from.store, ask.from.sku});
  flights_[ticket] = std::move(made);
  if (who < clients_.size())
    ++clients_[who].waits_for;
  say(at, "call " + std::to_string(ticket) + " of " + std::to_string(who) + ": "
              + words);
  at.outbox.push_back(op);
  return ticket;
}

void enactment::flush() {
  for (auto& each : machines_)
    if (!each.outbox.empty())
      each.node->send(std::exchange(each.outbox, {}));
}

void enactment::on_answer(machine& at, const operation_ptr& op) {
  if (at.node->answers[op] != 1)
    complain(0, "a second answer to call " + std::to_string(op->ticket));
  const auto code = code_of(*op);
  say("answer " + std::to_string(op->ticket) + ": " + tell(answer_of(*op)));
  report_end(at, *op, code);
  verdict_.crowded_out += code == error_code::bulkhead_full ? 1 : 0;
  verdict_.overloaded += code == error_code::overloaded ? 1 : 0;
  const auto found = flights_.find(op->ticket);
  if (found == flights_.end())
    return; // its caller has gone
  const auto who = found->second.client;
  auto& call = calls_[op->ticket];
  // Where the journal is well, a refusal is one: nothing happened.
  const auto is_own = home_of(call.ask.from.store) == at.number;
  call.known =
      (is_own && !at.node->counters->failed) || !checker::leaves_doubt(code);
  call.answer = answer_of(*op);
  call.returned_ns = tick();
  learn(at, found->second, *op);
  traffic_.learn(call.ask, call.answer);
  // Not what a node said of a store before it was lost: the store begins anew.
  if (call.known && call.answer.has_record
      && call.called_ns >= freed_ns(call.ask.from.store)) {
    auto& told = told_versions_[{call.ask.from.store, call.ask.from.sku}];
    told = std::max(told, call.answer.record.version);
  }
  flights_.erase(found);
  if (who >= clients_.size())
    return;
  auto& by = clients_[who];
  --by.waits_for;
  if (is_retryable(code) && !call.ask.from.key.empty() && dice_.chance(80))
    by.again = call.ask;
}

void enactment::give_up(flight& lost) {
  const auto ticket = lost.op->ticket;
  say("no answer " + std::to_string(ticket));
  report_end(machines_[lost.at], *lost.op, error_code::deadline_exceeded);
  lost.op->at_disk.note_late();
  lost.op->at_disk.note_late();
  calls_[ticket].returned_ns = tick();
  if (lost.client >= clients_.size())
    return;
  auto& by = clients_[lost.client];
  --by.waits_for;
  if (!calls_[ticket].ask.from.key.empty() && dice_.chance(80))
    by.again = calls_[ticket].ask;
}

void enactment::give_up_overdue() {
  for (auto each = flights_.begin(); each != flights_.end();) {
    const auto& at = *machines_[each->second.at].node;
    if (each->second.op->deadline > at.schedule.clock().now()) {
      ++each;
      continue;
    }
    give_up(each->second);
    each = flights_.erase(each);
  }
}

void enactment::report_end(machine& at, operation& op, error_code code) {
  report done;
  if (op.admitted.exchange(false))
    ++done.permits;
  if (op.passed.exchange(false))
    ++(is_fault(code) ? done.faults : done.successes);
  if (with_.bridge)
    with_.bridge(done);
  if (done.permits + done.successes + done.faults > 0)
    caf::anon_send(at.node->actors.entry, done);
}

} // namespace holdfast::simulation
