#include "src/cli/simulation/network.hpp"

#include <algorithm>

#include <caf/exit_reason.hpp>
#include <caf/send.hpp>

#include "holdfast/node_limits.hpp"

namespace holdfast::simulation {

namespace {

constexpr std::uint16_t first_port = 7'000;
constexpr std::int64_t call_ms = limits::greet_timeout.count();

} // namespace

node_address address_of(std::size_t machine) {
  return {"127.0.0.1", static_cast<std::uint16_t>(first_port + machine)};
}

void network::say(const std::string& line) const {
  if (on_news)
    on_news(line);
}

void network::enter(network_seat& fresh) {
  seats_.resize(std::max(seats_.size(), fresh.machine() + 1));
  seats_[fresh.machine()] = &fresh;
}

void network::leave(const network_seat& whose) {
  auto& seat = seats_[whose.machine()];
  if (seat == &whose)
    seat = nullptr;
  std::erase_if(calls_, [&](const auto& each) { return each.from == &whose; });
  for (auto& each : connections_)
    for (auto& end : each.ends)
      if (end.seat == &whose)
        end.seat = nullptr;
}

void network::call(network_seat& from, const dial_order& order,
                   const member_actor& who) {
  calls_.push_back({&from, order, who, now_ms_ + call_ms});
}

void network::send(const network_seat& from, const caf::node_id& to,
                   caf::actor_id id, std::vector<char> bytes) {
  for (auto& each : connections_)
    for (std::size_t end = 0; end < 2; ++end) {
      auto& here = each.ends[end];
      const auto& there = each.ends[1 - end];
      if (here.seat == &from && here.is_open && there.node == to)
        return push(here, there.machine,
                    {packet::kind::message, 0, id, std::move(bytes)});
    }
}

void network::push(side& from, std::size_t to, packet what) {
  const auto delay = slow_.find({from.machine, to});
  what.ready_ms = now_ms_ + (delay == slow_.end() ? 0 : delay->second);
  // Nothing overtakes what was sent before it.
  if (!from.sent.empty())
    what.ready_ms = std::max(what.ready_ms, from.sent.back().ready_ms);
  from.sent.push_back(std::move(what));
}

std::vector<network::arrival> network::arrivals() const {
  std::vector<arrival> found;
  for (std::size_t i = 0; i < calls_.size(); ++i)
    if (can_answer(calls_[i]))
      found.push_back({i, 2});
  for (std::size_t i = 0; i < connections_.size(); ++i)
    for (const std::size_t from : {0, 1})
      if (can_arrive(connections_[i], from))
        found.push_back({i, from});
  return found;
}

bool network::is_cut(std::size_t from, std::size_t to) const {
  return cuts_.contains({from, to});
}

bool network::can_answer(const dialling& each) const {
  const std::size_t to = each.order.to.port - first_port;
  const auto from = each.from->machine();
  return !is_cut(from, to) && !is_cut(to, from) && !frozen_.contains(to)
         && !frozen_.contains(from);
}

bool network::can_arrive(const connection& on, std::size_t from) const {
  const auto& sender = on.ends[from];
  const auto to = on.ends[1 - from].machine;
  return !sender.sent.empty() && sender.sent.front().ready_ms <= now_ms_
         && !is_cut(sender.machine, to) && !frozen_.contains(to);
}

void network::deliver(const arrival& next) {
  if (next.from > 1) {
    const auto to = calls_[next.index];
    calls_.erase(calls_.begin() + static_cast<std::ptrdiff_t>(next.index));
    return answer(to);
  }
  auto& on = connections_[next.index];
  auto& from = on.ends[next.from];
  auto& to = on.ends[1 - next.from];
  const auto what = std::move(from.sent.front());
  from.sent.pop_front();
  if (to.is_deaf)
    return;
  if (!to.seat || !to.is_open) {
    // Nobody is there any more, and the system says so.
    if (what.is != packet::kind::farewell && !is_cut(to.machine, from.machine))
      close(on, next.from);
    return tidy();
  }
  to.heard_ms = now_ms_;
  if (what.is == packet::kind::message)
    to.seat->take(what.to, what.bytes, [this](caf::message& content) {
      return tamper ? tamper(content) : 1;
    });
  else if (what.is == packet::kind::farewell) {
    close(on, 1 - next.from);
    tidy();
  }
}

bool network::uses(const network_seat& whose, const caf::node_id& to) const {
  for (const auto& each : connections_)
    for (const std::size_t end : {0, 1})
      if (each.ends[end].seat == &whose && each.ends[end].is_open
          && each.ends[1 - end].node == to)
        return true;
  return false;
}

/// As CAF's protocol does: who has a connection to that node already uses it,
/// whatever has become of it at the other end.
void network::answer(const dialling& to) {
  auto* there = seats_[to.order.to.port - first_port];
  if (!there || !there->member())
    return fail(to, "cannot connect to node");
  const auto& node = there->node();
  if (!uses(*to.from, node))
    connect(*to.from, *there);
  caf::anon_send(to.who, dialled{to.order.number,
                                 to.from->proxy_of(node, there->member().id()),
                                 {}});
}

void network::fail(const dialling& to, const char* why) {
  caf::anon_send(to.who, dialled{to.order.number, nullptr, why});
}

void network::connect(network_seat& from, network_seat& to) {
  const bool is_taken = uses(to, from.node());
  say("node " + std::to_string(from.machine()) + " connects to "
      + std::to_string(to.machine()));
  connection made;
  made.ends[0] = {from.machine(), from.node(), &from,   true,
                  false,          now_ms_,     now_ms_, {}};
  made.ends[1] = {to.machine(), to.node(), &to,     !is_taken,
                  is_taken,     now_ms_,   now_ms_, {}};
  connections_.push_back(std::move(made));
}

void network::close(connection& what, std::size_t end) {
  auto& here = what.ends[end];
  auto& there = what.ends[1 - end];
  if (!std::exchange(here.is_open, false))
    return;
  say("node " + std::to_string(here.machine) + " loses "
      + std::to_string(there.machine));
  if (here.seat)
    here.seat->forget(there.node);
  push(here, there.machine, {packet::kind::farewell, 0, 0, {}});
}

void network::tidy() {
  std::erase_if(connections_, [](const auto& each) {
    return std::none_of(each.ends, each.ends + 2,
                        [](auto& end) { return end.seat && end.is_open; });
  });
}

} // namespace holdfast::simulation
