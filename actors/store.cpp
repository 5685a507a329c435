#include "actors/store.hpp"

#include "actors/answers.hpp"
#include "actors/passivation.hpp"
#include "actors/sku.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using namespace std::chrono_literals;
using store_pointer = store_actor::stateful_pointer<store_state>;
using time_point = operation::clock::time_point;

constexpr auto retire_every = 1s;

/// Shows whoever watches how many live.
void publish(const store_state& state) {
  state.config->counters->actors.store(state.sku_of.size(),
                                       std::memory_order_relaxed);
}

store_state::child& child_of(store_pointer self, const std::string& sku,
                             const journal_actor& journal) {
  auto& state = self->state;
  auto [place, is_new] = state.children.try_emplace(sku);
  auto& child = place->second;
  if (is_new)
    child.place = state.by_use.insert(state.by_use.end(), &place->first);
  if (!child.actor) {
    child.view = std::make_shared<sku_view>();
    child.asked = 0;
    child.actor =
        self->spawn<caf::monitored>(holdfast::sku, state.config, place->first,
                                    child.view, journal, store_actor{self});
    state.sku_of.emplace(child.actor.id(), &place->first);
    state.config->counters->spawned.add();
    publish(state);
  }
  return child;
}

void forward_touched(store_pointer self) {
  for (auto* child : self->state.touched) {
    if (child->retiring)
      continue;
    ++child->asked;
    self->send(child->actor, batch{std::exchange(child->pending, {})});
  }
  self->state.touched.clear();
}

/// A read that its SKU would answer with what it shows needs no turn of it.
/// What came before `op` is answered before it, or comes first there.
bool read_shown(const time_source& time, const store_state::child& child,
                operation& op, time_point now) {
  if (op.ask.from.what != action::read || !child.pending.empty()
      || child.retiring || is_overdue(op, now))
    return false;
  try {
    const auto shown = child.view->read(time, child.asked);
    if (shown)
      op.answer = judge_read(*shown, op.ask);
    return shown.has_value();
  } catch (...) {
    // Its SKU knows what becomes of a command that throws.
    return false;
  }
}

void dispatch(store_pointer self, batch& in, const journal_actor& journal) {
  auto& state = self->state;
  answers home;
  if (state.config->disk)
    state.config->disk->admit(in.items, store_actor{self}, home);
  const auto now = self->clock().now();
  for (auto& op : in.items) {
    auto& child = child_of(self, op->ask.from.sku, journal);
    note_use(state, child, now);
    if (read_shown(*state.config->time, child, *op, now)) {
      home.add(std::move(op));
      continue;
    }
    if (child.pending.empty())
      state.touched.push_back(&child);
    child.pending.push_back(std::move(op));
  }
  forward_touched(self);
  home.send(self);
}

void note_crash(const store_state& state, const std::string& sku,
                const std::string& why) {
  state.config->counters->crashed.add();
  telemetry::log_fault("sku_crashed", why,
                       {{"store", state.config->store}, {"sku", sku}});
}

/// A SKU actor is gone, retired or killed: exceptions do not end it. What
/// waited for it goes to its successor; what it held is lost to its deadline.
void on_down(store_pointer self, const caf::down_msg& msg,
             const journal_actor& journal) {
  auto& state = self->state;
  const auto known = state.sku_of.find(msg.source.id());
  if (known == state.sku_of.end())
    return;
  const auto place = state.children.find(*known->second);
  if (msg.reason)
    note_crash(state, place->first, to_string(msg.reason));
  state.sku_of.erase(known);
  publish(state);
  auto& child = place->second;
  child.actor = nullptr;
  child.retiring = false;
  if (child.pending.empty()) {
    state.by_use.erase(child.place);
    state.children.erase(place);
    return;
  }
  child_of(self, place->first, journal);
  state.touched.push_back(&child);
  forward_touched(self);
}

void on_vacant(store_pointer self, const vacant& msg) {
  auto& state = self->state;
  const auto found = state.children.find(msg.sku);
  if (found != state.children.end())
    ask_to_retire(self, found->second);
}

void on_stay(store_pointer self, const stay& msg) {
  auto& state = self->state;
  const auto found = state.children.find(msg.sku);
  if (found == state.children.end() || !found->second.retiring)
    return;
  found->second.retiring = false;
  if (found->second.pending.empty())
    return;
  state.touched.push_back(&found->second);
  forward_touched(self);
}

} // namespace

store_actor::behavior_type store(store_pointer self,
                                 std::shared_ptr<const store_config> config,
                                 journal_actor journal) {
  self->state.config = std::move(config);
  self->set_down_handler(
      [=](const caf::down_msg& msg) { on_down(self, msg, journal); });
  self->set_exit_handler([=](const caf::exit_msg& msg) {
    for (const auto& [sku, child] : self->state.children)
      if (child.actor)
        self->send_exit(child.actor, msg.reason);
    self->quit(msg.reason);
  });
  self->delayed_send(self, retire_every, sweep_atom_v);
  return {
      [=](batch& in) { dispatch(self, in, journal); },
      [=](const stay& msg) { on_stay(self, msg); },
      [=](const vacant& msg) { on_vacant(self, msg); },
      [=](const faltered& msg) { note_crash(self->state, msg.sku, msg.cause); },
      [=](sweep_atom) {
        self->delayed_send(self, retire_every, sweep_atom_v);
        retire_idle(self);
      },
  };
}

} // namespace holdfast
