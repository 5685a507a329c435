#include "tests/benchmarks/driver.hpp"

#include "tests/benchmarks/rows.hpp"

namespace holdfast::bench {

namespace {

using driver_pointer = answer_actor::stateful_pointer<driver_state>;

operation_ptr make_adjust(driver_pointer self) {
  auto& state = self->state;
  const auto n = state.sent++;
  auto made = std::make_shared<operation>();
  auto& from = made->ask.from;
  from.what = action::adjust;
  from.store = "store-1";
  from.sku = sku_name((n * 7'919 + state.id) % state.in->skus);
  from.key =
      state.in->name + std::to_string(state.id) + '-' + std::to_string(n);
  made->ask.amount = 1;
  made->reply_to = self;
  return made;
}

void fill_window(driver_pointer self) {
  auto& state = self->state;
  const auto& in = *state.in;
  while (state.sent < in.total
         && state.sent - state.answered + in.together <= in.window) {
    batch next;
    const auto count = std::min(in.together, in.total - state.sent);
    next.items.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
      next.items.push_back(make_adjust(self));
    self->send(in.into, std::move(next));
  }
}

void take(driver_pointer self, const batch& in) {
  auto& state = self->state;
  state.answered += in.items.size();
  for (const auto& op : in.items)
    if (!op->answer.ok())
      ++state.in->refused;
  fill_window(self);
  if (state.answered < state.in->total)
    return;
  state.in->done->count_down();
  self->quit();
}

} // namespace

answer_actor::behavior_type driver(driver_pointer self, drive* in) {
  self->state.in = in;
  self->state.id = in->drivers++;
  fill_window(self);
  return {[=](const batch& answers) {
    take(self, answers);
  }};
}

} // namespace holdfast::bench
