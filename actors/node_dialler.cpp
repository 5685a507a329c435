#include "actors/node_dialler.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace holdfast {

namespace {

using dialler_pointer = caller_actor::stateful_pointer<dialler_state>;
using order = dialler_state::order;

void answer(dialler_pointer self, const order& to, caf::strong_actor_ptr who,
            std::string failure) {
  self->send(to.by, dialled{to.number, std::move(who), std::move(failure)});
}

void fail(dialler_pointer self, const order& to, std::string why) {
  answer(self, to, nullptr, std::move(why));
}

/// True if a call to `to` is under way.
bool is_called(dialler_pointer self, const node_address& to) {
  auto& state = self->state;
  if (state.calls.contains(to))
    return true;
  auto fault = std::make_shared<call_fault>();
  if (state.calls.size() >= calls_max
      || !state.config.call(to, ++state.last_call, self, fault))
    return false;
  state.calls[to] = {state.last_call, std::move(fault), {}};
  return true;
}

void take(dialler_pointer self, const dial_order& in, const member_actor& by) {
  const auto until = self->clock().now() + limits::greet_timeout;
  order made{in.number, by, until};
  if (!is_called(self, in.to))
    return fail(self, made, "no further call can begin");
  auto& waits = self->state.calls[in.to].waits;
  if (waits)
    fail(self, *waits, "called once more");
  waits = std::move(made);
  self->delayed_send(self, limits::greet_timeout, sweep_atom_v);
}

void sweep(dialler_pointer self) {
  const auto now = self->clock().now();
  for (auto& [at, call] : self->state.calls)
    if (call.waits && call.waits->until <= now) {
      fail(self, *call.waits, "the call takes too long");
      call.waits.reset();
    }
}

void introduce(dialler_pointer self, const order& to, const caf::node_id& node,
               caf::strong_actor_ptr who) {
  const bool is_self = node == self->system().node();
  if (is_self && who && who->id() != to.by.id())
    fail(self, to,
         "the node there has the network identity of this one: "
         "give it another MAC address or process id");
  else
    answer(self, to, who, who ? "" : "no member answers there");
}

/// Who waits for the connection asks who is there, in what time is left.
void hand_over(dialler_pointer self, const order& to, std::uint16_t port,
               const std::shared_ptr<call_fault>& fault,
               caf::io::scribe_ptr link) {
  const auto left = to.until - self->clock().now();
  self->request(self->state.config.broker, left, caf::connect_atom_v,
                std::move(link), port)
      .then(
          [=](const caf::node_id& node, caf::strong_actor_ptr& who,
              const std::set<std::string>&) { introduce(self, to, node, who); },
          [=](const caf::error& why) {
            fail(self, to, fault->read(to_string(why)));
          });
}

void end(dialler_pointer self, std::uint64_t number, caf::io::scribe_ptr link) {
  sweep(self);
  auto& calls = self->state.calls;
  const auto found = std::find_if(calls.begin(), calls.end(), [&](auto& each) {
    return each.second.number == number;
  });
  if (found == calls.end())
    return;
  const auto port = found->first.port;
  const auto call = std::move(found->second);
  calls.erase(found);
  if (!call.waits)
    return;
  if (link)
    hand_over(self, *call.waits, port, call.fault, std::move(link));
  else
    fail(self, *call.waits, call.fault->read("nobody accepts a call there"));
}

} // namespace

caller_actor::behavior_type dialler(dialler_pointer self,
                                    dialler_config config) {
  self->state.config = std::move(config);
  return {
      [=](const dial_order& in, const member_actor& by) { take(self, in, by); },
      [=](caf::connect_atom, std::uint64_t call, caf::io::scribe_ptr& link) {
        end(self, call, std::move(link));
      },
      [=](sweep_atom) { sweep(self); },
  };
}

} // namespace holdfast
