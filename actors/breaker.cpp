#include "actors/breaker.hpp"

#include "actors/answers.hpp"
#include "actors/circuit_notes.hpp"

namespace holdfast {

namespace {

using breaker_pointer = chain_actor::stateful_pointer<breaker_state>;

void publish(breaker_state& state, operation::clock::time_point now) {
  note_circuit(*state.counters, state.policy, now, "api");
}

void guard(breaker_pointer self, const chain_actor& next, batch& in) {
  auto& policy = self->state.policy;
  const auto now = self->clock().now();
  const auto wanted = static_cast<std::uint32_t>(in.items.size());
  const auto admitted = policy.admit(wanted, now);
  publish(self->state, now);
  for (std::uint32_t i = 0; i < admitted; ++i)
    in.items[i]->passed = true;
  if (admitted < wanted) {
    answers refused;
    const auto wait = whole_seconds(policy.retry_after(now));
    for (auto i = admitted; i < wanted; ++i) {
      in.items[i]->retry_after_s = wait;
      refused.refuse(std::move(in.items[i]), error_code::circuit_open);
    }
    self->state.counters->refused.add(wanted - admitted);
    refused.send(self);
    in.items.resize(admitted);
  }
  if (admitted > 0)
    self->send(next, std::move(in));
}

} // namespace

chain_actor::behavior_type breaker(breaker_pointer self, chain_actor next,
                                   breaker_policy::settings with,
                                   std::shared_ptr<breaker_counters> counters) {
  self->state.policy = breaker_policy{with};
  self->state.counters = std::move(counters);
  return {
      [=](batch& in) { guard(self, next, in); },
      [=](const report& done) {
        const auto now = self->clock().now();
        auto& policy = self->state.policy;
        policy.record(done.successes, done.faults, now);
        policy.give_back(done.untried, now);
        publish(self->state, now);
      },
  };
}

} // namespace holdfast
