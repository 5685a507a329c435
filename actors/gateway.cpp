#include "actors/gateway.hpp"

#include <algorithm>
#include <utility>

#include "actors/gateway_outbox.hpp"
#include "actors/packing.hpp"
#include "actors/same_actor.hpp"
#include "holdfast/validity.hpp"

namespace holdfast {

namespace {

using gateway_pointer = gateway_actor::stateful_pointer<gateway_state>;
using std::chrono::milliseconds;

constexpr milliseconds pending_sweep_every{1'000};

/// Why nothing is done about it, or `none`.
error_code obstacle(const gateway_state& state, const command& ask) {
  // The caller's own node goes on: to it this is a store that is away.
  if (state.is_draining)
    return error_code::store_unavailable;
  if (state.pending.size() >= state.pending_max)
    return error_code::overloaded;
  return is_valid(ask) ? error_code::none : error_code::invalid_request;
}

operation_ptr make_operation(gateway_pointer self, const outcome_sink& who,
                             std::uint64_t number, std::uint32_t millis) {
  auto& state = self->state;
  auto op = std::make_shared<operation>();
  op->ticket = ++state.last_ticket;
  op->reply_to = gateway_actor{self};
  op->deadline =
      self->clock().now()
      + std::min<milliseconds>(milliseconds{millis}, limits::request_deadline);
  state.pending.emplace(op->ticket,
                        gateway_state::caller{who, number, op->deadline, op});
  state.counters->taken.add();
  return op;
}

/// Once: a proxy that gave this node up before answers with a sign each time.
void tell_end(gateway_pointer self, const outcome_sink& who) {
  auto& told = self->state.told;
  if (told.size() < 2 * limits::gateway_proxies_max
      && told.insert(who.address()).second)
    self->send(who, wire_outcomes{});
}

/// A proxy is there, or nothing more comes of it.
void on_sign(gateway_pointer self, const outcome_sink& who) {
  auto& state = self->state;
  if (!who)
    return;
  if (!state.is_draining) {
    // Over a new connection it may be there before the old one is known to have
    // ended.
    state.proxies.erase(who.address());
    if (state.proxies.size() >= limits::gateway_proxies_max)
      return;
    state.proxies.emplace(who.address(), who);
    self->monitor(who);
  } else {
    state.proxies.erase(who.address());
    // It may have come only now.
    tell_end(self, who);
  }
}

void drain(gateway_pointer self) {
  auto& state = self->state;
  state.is_draining = true;
  for (const auto& [address, who] : state.proxies)
    tell_end(self, who);
}

void on_commands(gateway_pointer self, wire_commands& in,
                 const outcome_sink& who) {
  auto& state = self->state;
  gateway_outbox out{self};
  if (in.items.empty())
    on_sign(self, who);
  // In the order of arrival: what is sent must not depend on addresses.
  std::unordered_map<const answer_actor*, std::size_t> places;
  std::vector<std::pair<const answer_actor*, batch>> down;
  for (auto& item : in.items) {
    if (const auto why = obstacle(state, item.ask); why != error_code::none) {
      out.refuse(who, item.number, why);
      continue;
    }
    const auto store = state.stores.find(item.ask.from.store);
    if (store == state.stores.end() || !store->second) {
      out.refuse(who, item.number, error_code::store_unavailable);
      continue;
    }
    auto op = make_operation(self, who, item.number, item.millis);
    op->ask = std::move(item.ask);
    const auto place = places.emplace(&store->second, down.size());
    if (place.second)
      down.emplace_back(&store->second, batch{});
    down[place.first->second].second.items.push_back(std::move(op));
  }
  for (auto& [store, items] : down)
    self->send(*store, std::move(items));
  out.send();
}

void on_page_request(gateway_pointer self, wire_page_request& in,
                     const outcome_sink& who) {
  auto& state = self->state;
  if (state.pending.size() >= state.pending_max) {
    self->send(who,
               wire_page{in.number, error_code::overloaded, 0, 0, true, {}});
    return;
  }
  auto op = make_operation(self, who, in.number, in.millis);
  op->todo = errand::feed;
  op->feed = std::make_unique<feed_part>();
  op->feed->after = in.after;
  op->feed->limit = std::clamp<std::size_t>(in.limit, 1, limits::page_max);
  op->feed->filter = {std::move(in.store), std::move(in.sku)};
  self->send(state.journal, batch{{std::move(op)}});
}

wire_page make_page(std::uint64_t number, operation& op) {
  cut_to_message(op.feed->page);
  auto& page = op.feed->page;
  return {number,       code_of(op),  page.last_seq,
          page.last_ms, page.is_last, std::move(page.events)};
}

void on_answers(gateway_pointer self, batch& in) {
  auto& state = self->state;
  gateway_outbox out{self};
  for (auto& op : in.items) {
    const auto found = state.pending.find(op->ticket);
    if (found == state.pending.end())
      continue;
    const auto& caller = found->second;
    if (op->todo == errand::feed)
      self->send(caller.who, make_page(caller.number, *op));
    else
      out.add(caller.who, {caller.number, op->retry_after_s, answer_of(*op)});
    state.pending.erase(found);
  }
  out.send();
}

} // namespace

gateway_actor::behavior_type gateway(gateway_pointer self,
                                     journal_actor journal,
                                     std::shared_ptr<gateway_counters> counters,
                                     std::size_t pending_max) {
  self->state.pending_max = pending_max;
  self->state.journal = std::move(journal);
  self->state.counters = std::move(counters);
  self->set_down_handler([=](const caf::down_msg& msg) {
    auto& proxies = self->state.proxies;
    const auto found = proxies.find(msg.source);
    if (found != proxies.end() && is_end_of(msg, found->second))
      proxies.erase(found);
    publish(self->state);
  });
  self->delayed_send(self, pending_sweep_every, sweep_atom_v);
  return {
      [=](wire_commands& in, const outcome_sink& who) {
        on_commands(self, in, who);
      },
      [=](wire_page_request& in, const outcome_sink& who) {
        on_page_request(self, in, who);
      },
      [=](batch& in) { on_answers(self, in); },
      [=](routing& now) { self->state.stores = std::move(now.stores); },
      [=](finish_atom) { drain(self); },
      [=](sweep_atom) {
        self->delayed_send(self, pending_sweep_every, sweep_atom_v);
        const auto now = self->clock().now();
        std::erase_if(self->state.pending, [now](const auto& each) {
          const auto is_late = each.second.deadline <= now;
          if (const auto op = each.second.op.lock(); is_late && op)
            op->at_disk.note_late();
          return is_late;
        });
        publish(self->state);
      },
  };
}

} // namespace holdfast
