// What leaves a remote node at the end of a handler run.
#pragma once

#include <utility>

#include "actors/answers.hpp"
#include "actors/departures.hpp"
#include "actors/packing.hpp"
#include "actors/remote_node.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// Commands go out together, answers home. Use one per handler run: the
/// destructor does not send.
struct remote_outbox {
  using remote_pointer = remote_node_actor::stateful_pointer<remote_node_state>;

  explicit remote_outbox(remote_pointer self) : self(self) {
    // nop
  }

  void refuse(operation_ptr op, error_code code) {
    self->state.config.counters->refused.add();
    if (code == error_code::store_unavailable)
      op->retry_after_s = limits::unavailable_retry_s;
    home.refuse(std::move(op), code);
  }

  void add(wire_command item) {
    const auto size = bytes_of(item.ask);
    if (bytes + size > limits::node_payload_bytes_max)
      send_commands();
    bytes += size;
    commands.items.push_back(std::move(item));
  }

  /// See `wire_commands`.
  void send_sign(const gateway_actor& to) {
    self->send(to, wire_commands{}, outcome_sink{remote_node_actor{self}});
  }

  void send_commands() {
    if (!commands.items.empty())
      self->send(self->state.gateway, std::exchange(commands, {}),
                 outcome_sink{remote_node_actor{self}});
    bytes = 0;
  }

  void send() {
    send_commands();
    home.send(self);
    left.send(self, self->state.config.out);
    auto& state = self->state;
    state.config.counters->pending.store(state.pending.size(),
                                         std::memory_order_relaxed);
    using gate = remote_node_state::gate;
    if (state.is == gate::closing && state.pending.empty()) {
      state.is = gate::closed;
      send_sign(state.gateway);
    }
  }

  remote_pointer self;
  wire_commands commands;
  std::size_t bytes = 0;
  answers home;
  departures left;
};

} // namespace holdfast
