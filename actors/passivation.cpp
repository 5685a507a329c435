#include "actors/passivation.hpp"

#include "actors/sku.hpp"

namespace holdfast {

namespace {

using namespace std::chrono_literals;
using store_pointer = store_actor::stateful_pointer<store_state>;

constexpr auto stamp_every = 100ms;
/// Idle time after which a SKU actor goes where there are too many.
constexpr auto crowded_after = 1s;
/// SKU actors asked to retire in one sweep; bounds the pause it makes.
constexpr int retire_max = 10'000;

void stamp(store_state& state, store_state::child& child,
           operation::clock::time_point now) {
  child.used_at = now;
  state.by_use.splice(state.by_use.end(), state.by_use, child.place);
}

} // namespace

void note_use(store_state& state, store_state::child& child,
              operation::clock::time_point now) {
  if (now - child.used_at > stamp_every)
    stamp(state, child, now);
}

void ask_to_retire(store_pointer self, store_state::child& child) {
  if (child.retiring || !child.actor)
    return;
  child.retiring = true;
  self->send(child.actor, retire_atom_v);
}

void retire_idle(store_pointer self) {
  auto& state = self->state;
  const auto crowded = state.children.size() > state.config->actors_soft_max;
  const auto idle = crowded ? std::chrono::milliseconds{crowded_after}
                            : state.config->idle_after;
  const auto now = self->clock().now();
  for (int i = 0; i < retire_max && !state.by_use.empty(); ++i) {
    auto& child = state.children.find(*state.by_use.front())->second;
    if (child.used_at + idle > now)
      return;
    // To the back, whatever it answers: the sweep goes on with others.
    stamp(state, child, now);
    ask_to_retire(self, child);
  }
}

} // namespace holdfast
