#include "http/bridge.hpp"

#include <algorithm>
#include <utility>

#include <caf/send.hpp>

#include "http/render.hpp"

namespace holdfast::http {

bridge::bridge(caf::actor_config& config, asio::io_context& io,
               bridge_config with)
    : bridge_actor::base(config), io_(io),
      unit_(home_system(), io, with.runs_chain), with_(std::move(with)) {
  unit_.resident(this);
}

void bridge::enqueue(caf::mailbox_element_ptr message, caf::execution_unit*) {
  bridge_actor::base::enqueue(std::move(message), &unit_);
}

void bridge::launch(caf::execution_unit*, bool lazy, bool hide) {
  bridge_actor::base::launch(&unit_, lazy, hide);
}

bridge::behavior_type bridge::make_behavior() {
  set_exception_handler([this](std::exception_ptr& thrown) {
    return take_along(name(), thrown, with_.on_fatal);
  });
  delayed_send(this, limits::sweep_period, sweep_atom_v);
  return {
      [this](const batch& in) { on_answers(in); },
      [this](sweep_atom) {
        on_sweep();
        delayed_send(this, limits::sweep_period, sweep_atom_v);
      },
  };
}

void bridge::submit(operation_ptr op, waiting_request request) {
  if (is_draining_) {
    refuse(std::move(request), error_code::shutting_down);
    return;
  }
  const auto index = take_slot(std::move(request));
  op->ticket = ticket_at(index);
  op->reply_to = bridge_actor{this};
  op->deadline = deadlines_.back().deadline;
  slots_[index].op = op;
  with_.counters->in_flight.fetch_add(1, std::memory_order_relaxed);
  // Runs after the sockets that are ready now: their requests go together.
  if (outbox_.items.empty())
    asio::post(io_, [self = bridge_actor{this}, this] { flush(); });
  outbox_.items.push_back(std::move(op));
}

std::uint64_t bridge::expect(waiting_request request) {
  return is_abandoned_ ? no_ticket : ticket_at(take_slot(std::move(request)));
}

void bridge::settle(std::uint64_t ticket, api_response&& response) {
  if (auto* at = find(ticket))
    answer(*at, static_cast<std::uint32_t>(ticket), std::move(response));
}

std::uint32_t bridge::take_slot(waiting_request&& request) {
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const auto index = free_.back();
  free_.pop_back();
  deadlines_.push_back(
      {request.since + limits::request_deadline, ticket_at(index)});
  slots_[index].request = std::move(request);
  slots_[index].is_taken = true;
  return index;
}

std::uint64_t bridge::ticket_at(std::uint32_t index) const noexcept {
  return (std::uint64_t{slots_[index].generation} << 32) | index;
}

void bridge::flush() {
  if (outbox_.items.empty())
    return;
  context(&unit_);
  send(with_.next, std::exchange(outbox_, {}));
  unit_.run_chain();
}

void bridge::note_answers(std::uint64_t count, std::uint64_t left) noexcept {
  auto& counters = *with_.counters;
  counters.served.fetch_add(count - left, std::memory_order_relaxed);
  counters.in_flight.fetch_sub(count, std::memory_order_relaxed);
  if (left > 0)
    counters.away.fetch_sub(static_cast<std::int64_t>(left),
                            std::memory_order_relaxed);
}

void bridge::abandon() {
  is_abandoned_ = true;
  for (std::uint32_t index = 0; index < slots_.size(); ++index) {
    auto& at = slots_[index];
    if (at.op)
      note_answers(1, at.op->has_left.load(std::memory_order_relaxed) ? 1 : 0);
    if (at.is_taken)
      release(at, index);
  }
  deadlines_.clear();
  outbox_.items.clear();
}

bridge::slot* bridge::find(std::uint64_t ticket) {
  const auto index = static_cast<std::uint32_t>(ticket);
  if (index >= slots_.size())
    return nullptr;
  auto& at = slots_[index];
  return at.is_taken && at.generation == ticket >> 32 ? &at : nullptr;
}

waiting_request bridge::release(slot& at, std::uint32_t index) {
  at.op = nullptr;
  at.is_taken = false;
  ++at.generation;
  free_.push_back(index);
  return std::move(at.request);
}

void bridge::answer(slot& at, std::uint32_t index, api_response&& response) {
  with_.respond(release(at, index), std::move(response));
}

void bridge::refuse(waiting_request&& request, error_code code) {
  operation op;
  op.answer = refusal(code);
  auto response = render(op, request.id, with_.node);
  with_.respond(std::move(request), std::move(response));
}

bool bridge::count(operation& op, error_code code, report& into) {
  // Whoever takes the permit says where it was: see `departures`.
  const auto is_here = op.admitted.exchange(false, std::memory_order_acq_rel);
  if (is_here)
    ++into.permits;
  if (op.passed.exchange(false, std::memory_order_relaxed))
    ++(is_fault(code) ? into.faults : into.successes);
  return !is_here && op.has_left.load(std::memory_order_relaxed);
}

void bridge::on_answers(const batch& in) {
  report done;
  std::uint64_t answered = 0;
  std::uint64_t left = 0;
  for (const auto& op : in.items) {
    const auto has_left = count(*op, code_of(*op), done);
    // An answer past its deadline: the caller has been told already.
    if (auto* at = find(op->ticket)) {
      answer(*at, static_cast<std::uint32_t>(op->ticket),
             render(*op, at->request.id, with_.node));
      ++answered;
      left += has_left ? 1 : 0;
    }
  }
  note_answers(answered, left);
  if (done.permits + done.successes + done.faults > 0)
    send(with_.next, done);
}

void bridge::on_sweep() {
  report done;
  const auto now = operation::clock::now();
  while (!deadlines_.empty()) {
    const auto next = deadlines_.front();
    auto* at = find(next.ticket);
    if (at && next.deadline > now)
      break;
    deadlines_.pop_front();
    if (!at)
      continue;
    const auto op = at->op;
    refuse_late(*at, static_cast<std::uint32_t>(next.ticket));
    if (!op)
      continue;
    const auto has_left = count(*op, error_code::deadline_exceeded, done);
    op->at_disk.note_late();
    note_answers(1, has_left ? 1 : 0);
  }
  if (done.permits + done.successes + done.faults > 0)
    send(with_.next, done);
}

void bridge::refuse_late(slot& at, std::uint32_t index) {
  operation late;
  late.answer = refusal(error_code::deadline_exceeded);
  answer(at, index, render(late, at.request.id, with_.node));
}

} // namespace holdfast::http
