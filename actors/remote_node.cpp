#include "actors/remote_node.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "actors/remote_outbox.hpp"
#include "actors/same_actor.hpp"
#include "holdfast/validity.hpp"

namespace holdfast {

namespace {

using remote_pointer = remote_node_actor::stateful_pointer<remote_node_state>;
using gate = remote_node_state::gate;
using std::chrono::milliseconds;

/// How often what nobody answered is looked for.
constexpr milliseconds late_sweep_every{250};

std::uint32_t millis_left(const operation& op,
                          operation::clock::time_point now) {
  const auto left = std::clamp<operation::clock::duration>(
      op.deadline == operation::clock::time_point::max()
          ? limits::request_deadline
          : op.deadline - now,
      milliseconds{0}, limits::request_deadline);
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<milliseconds>(left).count());
}

void dispatch(remote_pointer self, batch& in) {
  auto& state = self->state;
  remote_outbox out{self};
  const auto now = self->clock().now();
  for (auto& op : in.items) {
    out.left.add(*op);
    if (!state.gateway || state.is != gate::open) {
      out.refuse(std::move(op), error_code::store_unavailable);
    } else if (state.pending.size() >= state.config.pending_max) {
      out.refuse(std::move(op), error_code::overloaded);
    } else if (op->deadline <= now) {
      out.refuse(std::move(op), error_code::deadline_exceeded);
    } else {
      const auto number = ++state.last_number;
      const auto millis = millis_left(*op, now);
      if (op->todo == errand::feed)
        self->send(
            state.gateway,
            wire_page_request{number, millis, op->feed->after,
                              static_cast<std::uint32_t>(op->feed->limit),
                              op->feed->filter.store, op->feed->filter.sku},
            outcome_sink{remote_node_actor{self}});
      else
        out.add({number, millis, op->ask});
      state.config.counters->sent.add();
      state.pending.emplace(number, std::move(op));
    }
  }
  out.send();
}

/// The operation of that number, which is not pending any more.
operation_ptr take(remote_node_state& state, std::uint64_t number) {
  const auto found = state.pending.find(number);
  if (found == state.pending.end())
    return nullptr;
  auto op = std::move(found->second);
  state.pending.erase(found);
  state.config.counters->answered.add();
  return op;
}

/// Nobody knows what became of it.
void leave_open(remote_outbox& out, operation_ptr op) {
  out.self->state.config.counters->lost.add();
  const bool is_open = op->todo != errand::feed && is_write(op->ask.from.what);
  if (!is_open)
    op->retry_after_s = limits::unavailable_retry_s;
  out.home.refuse(std::move(op), is_open ? error_code::deadline_exceeded
                                         : error_code::store_unavailable);
}

/// No other process decides what this one chokes on.
bool is_readable(const wire_page& page) {
  return is_valid(refusal(page.code)) && page.last_seq <= limits::seq_max
         && page.events.size() <= limits::page_max
         && std::all_of(page.events.begin(), page.events.end(),
                        [](const event& each) { return is_valid(each); });
}

void on_outcomes(remote_pointer self, wire_outcomes& in) {
  remote_outbox out{self};
  auto& state = self->state;
  if (in.items.empty() && state.gateway && state.is == gate::open)
    state.is = gate::closing;
  // A node that ends waits for nobody who gave it up before.
  if (const auto& from = self->current_sender();
      in.items.empty() && !state.gateway && from)
    out.send_sign(caf::actor_cast<gateway_actor>(from));
  for (auto& item : in.items)
    if (auto op = take(state, item.number)) {
      if (!is_valid(item.answer)) {
        leave_open(out, std::move(op));
        continue;
      }
      op->answer = std::move(item.answer);
      op->retry_after_s = item.retry_after_s;
      out.home.add(std::move(op));
    }
  out.send();
}

void on_page(remote_pointer self, wire_page& in) {
  remote_outbox out{self};
  if (auto op = take(self->state, in.number)) {
    if (is_readable(in)) {
      op->answer = refusal(in.code);
      op->feed->page = {std::move(in.events), in.last_seq, in.last_ms,
                        in.is_last};
      out.home.add(std::move(op));
    } else {
      leave_open(out, std::move(op));
    }
  }
  out.send();
}

void detach(remote_pointer self) {
  auto& state = self->state;
  if (!state.gateway)
    return;
  self->demonitor(state.gateway.address());
  state.gateway = nullptr;
  state.is = gate::open;
  remote_outbox out{self};
  for (auto& [number, op] : std::exchange(state.pending, {}))
    leave_open(out, op);
  out.send();
}

void attach(remote_pointer self, gateway_actor to) {
  detach(self);
  self->monitor(to);
  self->state.gateway = std::move(to);
  remote_outbox{self}.send_sign(self->state.gateway);
}

void sweep(remote_pointer self) {
  auto& state = self->state;
  remote_outbox out{self};
  const auto now = self->clock().now();
  std::vector<operation_ptr> late;
  std::erase_if(state.pending, [&](auto& each) {
    const bool is_late = each.second->deadline <= now;
    if (is_late)
      late.push_back(std::move(each.second));
    return is_late;
  });
  for (auto& op : late) {
    state.config.counters->lost.add();
    out.home.refuse(std::move(op), error_code::deadline_exceeded);
  }
  out.send();
}

} // namespace

remote_node_actor::behavior_type remote_node(remote_pointer self,
                                             remote_node_config config) {
  self->state.config = std::move(config);
  self->set_down_handler([=](const caf::down_msg& msg) {
    if (is_end_of(msg, self->state.gateway))
      detach(self);
  });
  self->delayed_send(self, late_sweep_every, sweep_atom_v);
  return {
      [=](batch& in) { dispatch(self, in); },
      [=](wire_outcomes& in) { on_outcomes(self, in); },
      [=](wire_page& in) { on_page(self, in); },
      [=](gateway_actor& to) { attach(self, std::move(to)); },
      [=](finish_atom) { detach(self); },
      [=](sweep_atom) {
        self->delayed_send(self, late_sweep_every, sweep_atom_v);
        sweep(self);
      },
  };
}

} // namespace holdfast
