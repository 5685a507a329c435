#include "actors/member_orders.hpp"

#include <algorithm>
#include <utility>

#include "actors/member_guests.hpp"

namespace holdfast {

namespace {

using member_pointer = member_actor::stateful_pointer<member_state>;
using kind = member_order::kind;

/// Whether it says something that must not be forgotten.
bool tells(const member_order& order) {
  switch (order.is) {
  case kind::greet:
  case kind::welcome:
  case kind::tell:
    return true;
  case kind::dial:
  case kind::refuse:
  case kind::ping:
    return false;
  }
  return false;
}

/// The newest of its kind for each link says it all.
void hold(std::vector<member_order>& held, member_order order) {
  std::erase_if(held, [&](const auto& each) {
    return each.is == order.is && each.link == order.link;
  });
  held.push_back(std::move(order));
}

/// Made when somebody is to be told.
using news_messages = std::vector<caf::message>;

/// What is told later over the same link is that and more.
bool is_told_later(const std::vector<member_order>& orders, std::size_t at) {
  const auto& order = orders[at];
  const auto next = orders.begin() + static_cast<std::ptrdiff_t>(at) + 1;
  return order.is == kind::tell
         && std::any_of(next, orders.end(), [&](const auto& each) {
              return each.is == kind::tell && each.link == order.link;
            });
}

void carry_out(member_pointer self, const member_order& order,
               news_messages& news) {
  auto& state = self->state;
  const auto& protocol = *state.protocol;
  if (order.is == kind::dial) {
    self->send(state.config.dialler, dial_order{order.number, order.to},
               member_actor{self});
    return;
  }
  const auto found = state.links.find(order.link);
  if (found == state.links.end())
    return;
  const auto& to = found->second.who;
  switch (order.is) {
  case kind::greet:
    self->send(to, protocol.introduction(), state.config.doors);
    break;
  case kind::welcome:
    self->send(to, wire_welcome{order.number});
    break;
  case kind::refuse:
    self->send(to, wire_refusal{order.refusal});
    break;
  case kind::tell:
    if (news.empty())
      news = make_news(state);
    tell_news(self, to, news);
    break;
  case kind::ping:
    self->send(to, wire_ping{order.number});
    break;
  case kind::dial:
    break;
  }
}

void tell_accepted(const member_state& state, std::uint64_t link) {
  if (const auto to = state.links.find(link); to != state.links.end())
    state.config.on_accepted(to->second.who.node());
}

} // namespace

bool remember(member_state& state, bool is_new,
              membership::clock::time_point now) {
  const bool is_due = state.owes_save && state.save_due <= now;
  if (!is_new && !is_due)
    return false;
  auto& memory = state.config.memory;
  memory.known = state.protocol->known();
  auto text = to_text(memory);
  if (text != state.saved && !state.config.save(memory)) {
    state.owes_save = true;
    state.save_due = now + limits::roster_retry;
    return false;
  }
  state.owes_save = false;
  state.saved = std::move(text);
  state.served = state.protocol->granted();
  return true;
}

void close_directory(member_state& state) {
  auto& memory = state.config.memory;
  memory.ended = state.protocol->verdict();
  // Without room for that it is told the same by others.
  state.config.save(memory);
}

void carry_out_orders(member_pointer self) {
  auto& state = self->state;
  news_messages news;
  if (!state.owes_save)
    for (const auto& order : std::exchange(state.held, {}))
      carry_out(self, order, news);
  auto orders = state.protocol->take_orders();
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (is_told_later(orders, i))
      continue;
    if (orders[i].is == kind::welcome)
      tell_accepted(state, orders[i].link);
    if (state.owes_save && tells(orders[i]))
      hold(state.held, std::move(orders[i]));
    else
      carry_out(self, orders[i], news);
  }
  std::erase_if(state.held, [&](const auto& each) {
    return !state.links.contains(each.link);
  });
}

} // namespace holdfast
