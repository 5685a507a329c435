// Time and bad luck of a network.
#include "src/cli/simulation/network.hpp"

#include "holdfast/node_limits.hpp"

namespace holdfast::simulation {

namespace {

constexpr std::int64_t beat_every_ms = limits::heartbeat_period.count();
constexpr std::int64_t silence_ms = limits::heartbeat_timeout.count();

} // namespace

void network::advance(std::int64_t ms) {
  now_ms_ += ms;
  for (auto& each : connections_)
    for (std::size_t end = 0; end < 2; ++end) {
      auto& here = each.ends[end];
      if (!here.seat || !here.is_open || frozen_.contains(here.machine))
        continue;
      if (here.heard_ms + silence_ms < now_ms_) {
        close(each, end);
      } else if (here.beaten_ms + beat_every_ms <= now_ms_) {
        here.beaten_ms = now_ms_;
        push(here, each.ends[1 - end].machine, {});
      }
    }
  tidy();
  std::vector<dialling> late;
  std::erase_if(calls_, [&](const auto& each) {
    const bool is_late =
        each.due_ms <= now_ms_ && !frozen_.contains(each.from->machine());
    if (is_late)
      late.push_back(each);
    return is_late;
  });
  for (const auto& each : late)
    fail(each, "request timeout");
}

void network::cut(std::size_t from, std::size_t to) {
  cuts_.insert({from, to});
}

void network::slow(std::size_t from, std::size_t to, std::int64_t ms) {
  slow_[{from, to}] = ms;
}

void network::heal() {
  cuts_.clear();
  slow_.clear();
  for (auto& each : connections_)
    for (auto& end : each.ends)
      for (auto& what : end.sent)
        what.ready_ms = now_ms_;
}

void network::freeze(std::size_t machine, bool is_frozen) {
  if (is_frozen)
    frozen_.insert(machine);
  else
    frozen_.erase(machine);
}

/// What was sent last is lost, from some moment on.
void network::lose_some(side& of, dice& chance) {
  of.sent.resize(chance.below(of.sent.size() + 1));
}

void network::reset(std::size_t one, std::size_t other, dice& chance) {
  for (auto& each : connections_) {
    const auto first = each.ends[0].machine;
    const auto second = each.ends[1].machine;
    if (way{first, second} != way{one, other}
        && way{first, second} != way{other, one})
      continue;
    for (std::size_t end = 0; end < 2; ++end) {
      lose_some(each.ends[end], chance);
      close(each, end);
    }
  }
  tidy();
}

void network::end_process(const network_seat& whose, bool is_silent,
                          dice& chance) {
  for (auto& each : connections_)
    for (std::size_t end = 0; end < 2; ++end) {
      auto& here = each.ends[end];
      if (here.seat != &whose)
        continue;
      lose_some(here, chance);
      if (!is_silent && here.is_open)
        push(here, each.ends[1 - end].machine,
             {packet::kind::farewell, 0, 0, {}});
    }
  leave(whose);
  tidy();
}

} // namespace holdfast::simulation
