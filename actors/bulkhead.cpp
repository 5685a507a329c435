#include "actors/bulkhead.hpp"

#include "actors/answers.hpp"

namespace holdfast {

namespace {

using bulkhead_pointer = chain_actor::stateful_pointer<bulkhead_state>;

using time_point = operation::clock::time_point;

/// Moves operations with a permit from the front of the queue into `out`. One
/// whose caller has gone takes none.
void admit_waiting(bulkhead_state& state, time_point now, batch& out) {
  auto& waiting = state.waiting;
  while (!waiting.empty()) {
    if (!is_overdue(*waiting.front(), now)) {
      if (!state.policy.acquire(1))
        return;
      waiting.front()->admitted = true;
      out.items.push_back(std::move(waiting.front()));
    }
    waiting.pop_front();
  }
}

/// A permit for one of these might never come back.
void refuse_overdue(batch& in, time_point now, answers& refused) {
  std::erase_if(in.items, [&](auto& op) {
    const auto is_late = is_overdue(*op, now);
    if (is_late)
      refused.refuse(std::move(op), error_code::deadline_exceeded);
    return is_late;
  });
}

void refuse(bulkhead_state& state, operation_ptr op, answers& refused) {
  state.counters->refused.add();
  refused.refuse(std::move(op), error_code::bulkhead_full);
}

/// Shows whoever watches how full it is.
void publish(const bulkhead_state& state) {
  constexpr auto order = std::memory_order_relaxed;
  state.counters->in_use.store(state.policy.in_use(), order);
  state.counters->queued.store(state.waiting.size(), order);
}

void admit(bulkhead_pointer self, const chain_actor& next, batch& in) {
  auto& state = self->state;
  const auto now = self->clock().now();
  answers refused;
  refuse_overdue(in, now, refused);
  if (state.waiting.empty() && state.policy.acquire(in.items.size())) {
    for (auto& op : in.items)
      op->admitted = true;
    if (!in.items.empty())
      self->send(next, std::move(in));
    refused.send(self);
    return;
  }
  batch out;
  for (auto& op : in.items) {
    if (state.policy.room(state.waiting.size()) > 0)
      state.waiting.push_back(std::move(op));
    else
      refuse(state, std::move(op), refused);
  }
  admit_waiting(state, now, out);
  if (!out.items.empty())
    self->send(next, std::move(out));
  refused.send(self);
}

} // namespace

chain_actor::behavior_type
bulkhead(bulkhead_pointer self, chain_actor next, bulkhead_policy policy,
         std::shared_ptr<bulkhead_counters> counters) {
  self->state.policy = policy;
  self->state.counters = std::move(counters);
  return {
      [=](batch& in) {
        admit(self, next, in);
        publish(self->state);
      },
      [=](const report& done) {
        self->state.policy.release(done.permits);
        batch out;
        admit_waiting(self->state, self->clock().now(), out);
        publish(self->state);
        if (!out.items.empty())
          self->send(next, std::move(out));
        self->send(next, done);
      },
  };
}

} // namespace holdfast
