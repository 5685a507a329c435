// What leaves a gateway at the end of a handler run.
#pragma once

#include <utility>
#include <vector>

#include "actors/gateway.hpp"
#include "actors/packing.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// Shows whoever watches how much is under way, and from whom more may come.
inline void publish(const gateway_state& state) {
  state.counters->pending.store(state.pending.size(),
                                std::memory_order_relaxed);
  state.counters->proxies.store(state.proxies.size(),
                                std::memory_order_relaxed);
}

/// Outcomes grouped by who gets them, as few messages as there are. Use one per
/// handler run: the destructor does not send.
class gateway_outbox {
public:
  using gateway_pointer = gateway_actor::stateful_pointer<gateway_state>;

  explicit gateway_outbox(gateway_pointer self) : self_(self) {
    // nop
  }

  void add(const outcome_sink& who, wire_outcome item) {
    auto& to = group_of(who);
    const auto size = bytes_of(item.answer);
    if (to.bytes + size > limits::node_payload_bytes_max)
      send(to);
    to.bytes += size;
    to.made.items.push_back(std::move(item));
  }

  void refuse(const outcome_sink& who, std::uint64_t number, error_code code) {
    self_->state.counters->refused.add();
    const auto wait =
        code == error_code::store_unavailable ? limits::unavailable_retry_s : 0;
    add(who, {number, wait, refusal(code)});
  }

  void send() {
    for (auto& each : groups_)
      send(each);
    publish(self_->state);
  }

private:
  struct group {
    outcome_sink who;
    wire_outcomes made;
    std::size_t bytes = 0;
  };

  group& group_of(const outcome_sink& who) {
    for (auto& each : groups_)
      if (each.who == who)
        return each;
    return groups_.emplace_back(group{who, {}, 0});
  }

  void send(group& to) {
    if (!to.made.items.empty())
      self_->send(to.who, std::exchange(to.made, {}));
    to.bytes = 0;
  }

  gateway_pointer self_;
  std::vector<group> groups_;
};

} // namespace holdfast
