#include "tests/simulation/simulation.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "tests/simulation/narrator.hpp"

namespace holdfast::test {

simulation::simulation(std::uint64_t seed)
    : dice_(seed), plan_(plan_of(dice_)), traffic_(dice_, plan_),
      disk_(std::make_shared<storage::memory_disk>()), clients_(plan_.clients) {
  start();
}

verdict simulation::run() {
  for (int i = 0; i < plan_.steps; ++i)
    step();
  come_to_rest();
  std::vector<final_record> finals;
  settle_unknown();
  // Before the last reads: it lets time pass, and holds expire.
  judge_view();
  retire_all();
  read_all(finals);
  const auto events = journal();
  for (const auto& change : events)
    say("journal " + tell(change));
  verdict_.calls = calls_.size();
  verdict_.events = events.size();
  verdict_.rounds = complete_rounds_;
  verdict_.complaints +=
      describe(check(calls_, events, finals,
                     {plan_.with.reservation_ttl_s, plan_.with.idemp_ttl_ms}));
  return std::move(verdict_);
}

void simulation::step() {
  const auto die = dice_.below(1'000);
  if (die < plan_.acts) {
    act(static_cast<std::uint32_t>(dice_.below(clients_.size())));
  } else if (die < plan_.acts + plan_.waits) {
    wait(dice_.chance(80) ? dice_.between(1, 60) : dice_.between(100, 3'000));
  } else if (die >= 900) {
    strike(dice_.below(1'000));
  } else {
    run_one();
  }
  if (!outbox_.empty() && dice_.chance(40))
    flush();
  // A node that cannot write any more ends soon.
  if (!node_->fatal.empty() && dice_.chance(5))
    restart();
}

void simulation::act(std::uint32_t who) {
  auto& by = clients_[who];
  if (by.waits_for > 0)
    return;
  const auto ask = by.again ? *std::exchange(by.again, {}) : traffic_.next();
  submit(who, ask);
  if (!ask.from.key.empty() && dice_.chance(8))
    submit(who, ask);
}

std::size_t simulation::submit(std::uint32_t who, const command& ask) {
  const auto ticket = calls_.size();
  auto op = std::make_shared<operation>();
  op->ask = ask;
  op->ticket = ticket;
  op->deadline = node_->schedule.clock().now()
                 + (dice_.chance(80)
                        ? limits::request_deadline
                        : std::chrono::milliseconds{dice_.between(10, 2'000)});
  entry call;
  call.client = who;
  call.ask = ask;
  call.called_ns = tick();
  calls_.push_back(std::move(call));
  flights_[ticket] = {op, who,
                      killed_.contains({ask.from.store, ask.from.sku})};
  if (who < clients_.size())
    ++clients_[who].waits_for;
  say("call " + std::to_string(ticket) + " of " + std::to_string(who) + ": "
      + tell(ask));
  outbox_.push_back(std::move(op));
  return ticket;
}

void simulation::flush() {
  node_->send(std::exchange(outbox_, {}));
}

void simulation::on_answer(const operation_ptr& op) {
  if (node_->answers[op] != 1)
    complain("a second answer to call " + std::to_string(op->ticket));
  const auto code = op->answer.code;
  say("answer " + std::to_string(op->ticket) + ": " + tell(op->answer));
  report_end(*op, code);
  const auto found = flights_.find(op->ticket);
  if (found == flights_.end())
    return; // its caller has gone
  const auto who = found->second.client;
  auto& call = calls_[op->ticket];
  // Where the journal is well, a refusal is one: nothing happened.
  call.known = !node_->counters->failed || !leaves_doubt(code);
  call.answer = op->answer;
  call.returned_ns = tick();
  traffic_.learn(call.ask, call.answer);
  if (call.known && call.answer.has_record) {
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

void simulation::give_up(flight& lost) {
  const auto ticket = lost.op->ticket;
  say("no answer " + std::to_string(ticket));
  report_end(*lost.op, error_code::deadline_exceeded);
  lost.op->at_disk.note_late();
  calls_[ticket].returned_ns = tick();
  if (lost.client >= clients_.size())
    return;
  auto& by = clients_[lost.client];
  --by.waits_for;
  if (!calls_[ticket].ask.from.key.empty() && dice_.chance(80))
    by.again = calls_[ticket].ask;
}

void simulation::give_up_overdue() {
  const auto now = node_->schedule.clock().now();
  for (auto each = flights_.begin(); each != flights_.end();) {
    if (each->second.op->deadline > now) {
      ++each;
      continue;
    }
    give_up(each->second);
    each = flights_.erase(each);
  }
}

void simulation::report_end(operation& op, error_code code) {
  report done;
  if (op.admitted.exchange(false))
    ++done.permits;
  if (op.passed.exchange(false))
    ++(is_fault(code) ? done.faults : done.successes);
  if (done.permits + done.successes + done.faults > 0)
    caf::anon_send(node_->actors.entry, done);
}

void simulation::say(const std::string& line) {
  verdict_.trace += std::to_string(elapsed_ms_) + ' ' + line + '\n';
}

void simulation::complain(const std::string& line) {
  say("COMPLAINT " + line);
  verdict_.complaints += line + '\n';
}

} // namespace holdfast::test
