#include "tests/sharing/sharing.hpp"

#include "holdfast/limits.hpp"

namespace holdfast::test {

namespace {

constexpr std::int64_t flight_ms = limits::request_deadline.count();

} // namespace

sharing::sharing(std::uint64_t seed)
    : random_(seed), clients_(4 + below(5)), traffic_(random_) {
  at_.ttl_ms = below(2) == 0 ? 500 : 5'000;
  with_.snapshot_every_n_events = static_cast<std::uint32_t>(1 + below(20));
  for (auto& each : processes_)
    start(each);
}

void sharing::start(process& one) {
  const auto idle = std::chrono::milliseconds{below(2) == 0 ? 60'000 : 300};
  one.node = at_.join(with_, idle);
  one.node->on_answer = [this](const operation_ptr& op) {
    on_answer(op);
  };
  one.is_stopped = false;
  one.missed = {};
}

void sharing::step() {
  const auto die = below(1'000);
  if (die < 150) {
    const auto who = static_cast<std::uint32_t>(below(clients_.size()));
    auto& by = clients_[who];
    if (!by.waits)
      submit(who, by.again ? *std::exchange(by.again, {}) : traffic_.next());
  } else if (die < 180) {
    wait(below(10) == 0 ? static_cast<std::int64_t>(below(3'000))
                        : static_cast<std::int64_t>(1 + below(60)));
  } else if (die < 195) {
    strike();
  } else {
    run_one();
  }
}

void sharing::strike() {
  const auto which = below(processes_.size());
  auto& hit = processes_[which];
  const auto die = below(100);
  if (die < 45) {
    if (hit.is_stopped)
      resume(hit);
    else
      hit.is_stopped = true;
  } else if (die < 60) {
    kill(which);
  } else if (die < 80) {
    at_.sharing->keep_busy(1 + below(4));
  } else if (die < 85) {
    at_.disk->fail_commit_at(1, journal_error::kind::full);
  } else {
    // Somebody is out of the way for longer than any lease lasts.
    hit.is_stopped = true;
    wait(at_.ttl_ms + 1);
  }
}

void sharing::run_one() {
  auto& one = processes_[below(processes_.size())];
  auto& jobs = one.node->schedule.jobs;
  if (one.is_stopped || jobs.empty())
    return;
  std::swap(jobs.front(), jobs[below(jobs.size())]);
  one.node->schedule.run_once();
}

void sharing::wait(std::int64_t ms) {
  at_.time->ms += ms;
  for (auto& each : processes_) {
    each.missed += std::chrono::milliseconds{ms};
    if (!each.is_stopped)
      resume(each);
  }
  std::vector<std::size_t> overdue;
  for (const auto& [ticket, flight] : flights_)
    if (flight.until_ms <= at_.time->ms)
      overdue.push_back(ticket);
  for (const auto ticket : overdue)
    give_up(ticket);
}

void sharing::resume(process& one) {
  one.is_stopped = false;
  one.node->schedule.advance_time(std::exchange(one.missed, {}));
}

void sharing::kill(std::size_t which) {
  auto& hit = processes_[which];
  add_up(hit);
  hit.node->on_answer = nullptr;
  // What is queued for the journal dies with it.
  caf::anon_send_exit(hit.node->actors.journal, caf::exit_reason::kill);
  hit.node.reset();
  std::vector<std::size_t> cut;
  for (const auto& [ticket, flight] : flights_)
    if (flight.process == which)
      cut.push_back(ticket);
  for (const auto ticket : cut)
    give_up(ticket);
  start(hit);
}

std::size_t sharing::submit(std::uint32_t who, const command& ask) {
  const auto ticket = calls_.size();
  const auto at = below(processes_.size());
  auto& node = *processes_[at].node;
  auto op = std::make_shared<operation>();
  op->ask = ask;
  op->ticket = ticket;
  op->deadline = node.schedule.clock().now() + limits::request_deadline;
  checker::entry call;
  call.client = who;
  call.ask = ask;
  call.called_ns = tick();
  calls_.push_back(std::move(call));
  flights_[ticket] = {who, at, at_.time->ms + flight_ms};
  if (who < clients_.size())
    clients_[who].waits = true;
  node.send({std::move(op)});
  return ticket;
}

void sharing::on_answer(const operation_ptr& op) {
  const auto found = flights_.find(op->ticket);
  if (found == flights_.end())
    return; // its caller has gone
  auto& call = calls_[op->ticket];
  // No disk fails here, so that a refusal is one: nothing happened.
  call.known = true;
  call.answer = answer_of(*op);
  call.returned_ns = tick();
  traffic_.learn(call.ask, call.answer);
  const auto who = found->second.client;
  flights_.erase(found);
  if (who >= clients_.size())
    return;
  clients_[who].waits = false;
  if (is_retryable(call.answer.code) && !call.ask.from.key.empty()
      && below(5) != 0)
    clients_[who].again = call.ask;
}

void sharing::give_up(std::size_t ticket) {
  const auto who = flights_.extract(ticket).mapped().client;
  auto& call = calls_[ticket];
  call.returned_ns = tick();
  if (who >= clients_.size())
    return;
  clients_[who].waits = false;
  if (!call.ask.from.key.empty() && below(5) != 0)
    clients_[who].again = call.ask;
}

} // namespace holdfast::test
