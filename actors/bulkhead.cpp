#include "actors/bulkhead.hpp"

#include "actors/answers.hpp"

namespace holdfast {

namespace {

using bulkhead_pointer = chain_actor::stateful_pointer<bulkhead_state>;

/// Moves operations with a permit from the front of the queue into `out`. One
/// whose caller has gone takes none.
void admit_waiting(bulkhead_state& state, operation::clock::time_point now,
                   batch& out) {
  auto& waiting = state.waiting;
  while (!waiting.empty()) {
    if (waiting.front()->deadline > now) {
      if (!state.policy.acquire(1))
        return;
      waiting.front()->admitted = true;
      out.items.push_back(std::move(waiting.front()));
    }
    waiting.pop_front();
  }
}

void admit(bulkhead_pointer self, const chain_actor& next, batch& in) {
  auto& state = self->state;
  if (state.waiting.empty() && state.policy.acquire(in.items.size())) {
    for (auto& op : in.items)
      op->admitted = true;
    self->send(next, std::move(in));
    return;
  }
  batch out;
  answers refused;
  for (auto& op : in.items) {
    if (state.policy.room(state.waiting.size()) > 0)
      state.waiting.push_back(std::move(op));
    else
      refused.refuse(std::move(op), error_code::bulkhead_full);
  }
  admit_waiting(state, self->clock().now(), out);
  if (!out.items.empty())
    self->send(next, std::move(out));
  refused.send(self);
}

} // namespace

chain_actor::behavior_type bulkhead(bulkhead_pointer self, chain_actor next,
                                    bulkhead_policy policy) {
  self->state.policy = policy;
  return {
      [=](batch& in) { admit(self, next, in); },
      [=](const report& done) {
        self->state.policy.release(done.permits);
        batch out;
        admit_waiting(self->state, self->clock().now(), out);
        if (!out.items.empty())
          self->send(next, std::move(out));
        self->send(next, done);
      },
  };
}

} // namespace holdfast
