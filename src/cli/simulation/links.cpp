// The network of a simulation, and the cluster that needs it.
#include <algorithm>
#include <iterator>

#include "holdfast/node_limits.hpp"

#include "src/cli/simulation/enactment.hpp"

namespace holdfast::simulation {

namespace {

/// Everything healed: by then nodes are together again.
constexpr std::int64_t gathering_ms = 40'000;
constexpr std::int64_t gathering_part_ms = 500;

} // namespace

/// One node from one other, or from all of them.
void enactment::cut_links(bool is_half) {
  const auto one = dice_.below(machines_.size());
  const auto is_alone = dice_.chance(40);
  const auto other =
      (one + 1 + dice_.below(machines_.size() - 1)) % machines_.size();
  const auto is_deaf = dice_.chance(50);
  for (std::size_t i = 0; i < machines_.size(); ++i) {
    if (i == one || (!is_alone && i != other))
      continue;
    say("cut " + std::to_string(one)
        + (!is_half  ? " - "
           : is_deaf ? " < "
                     : " > ")
        + std::to_string(i));
    if (!is_half || !is_deaf)
      network_.cut(one, i);
    if (!is_half || is_deaf)
      network_.cut(i, one);
  }
}

void enactment::disturb_link(deed what) {
  const auto one = dice_.below(machines_.size());
  const auto other =
      (one + 1 + dice_.below(machines_.size() - 1)) % machines_.size();
  const auto pair = std::to_string(one) + ' ' + std::to_string(other);
  if (what == deed::break_link) {
    say("break " + pair);
    return network_.reset(one, other, dice_);
  }
  const auto ms = dice_.between(1, dice_.chance(80) ? 300 : 3'000);
  say("slow " + pair + " by " + std::to_string(ms) + " ms");
  network_.slow(one, other, ms);
}

void enactment::heal_links() {
  say("links heal");
  network_.heal();
}

void enactment::freeze_one() {
  auto& on = any();
  on.frozen_ms = std::max(on.frozen_ms, dice_.between(100, 8'000));
  say(on, "stands still for " + std::to_string(on.frozen_ms) + " ms");
  network_.freeze(on.number, true);
}

void enactment::wish_for_store() {
  auto& via = any();
  const auto& node = any().with.node_name;
  const auto* store = rare_stores[dice_.below(std::size(rare_stores))];
  wish(via, node, store);
}

/// Of an operator, over `via`; without a store: the node is gone for good.
void enactment::wish(machine& via, const std::string& node,
                     const std::string& store) {
  const auto what = store.empty() ? "the end of " + node : store;
  say(via, what + " is wanted" + (store.empty() ? "" : " for " + node));
  caf::anon_send(
      via.node->members.member,
      member_wish{node, store,
                  via.node->schedule.clock().now() + limits::wish_deadline,
                  [this, &via, life = via.lives, what](const wish_result& is) {
                    if (life == via.lives)
                      say(via, what + ": " + std::string{to_string(is.code)}
                                   + ' ' + is.why);
                  }});
}

/// Every node serves all that it is to have, and reaches all others. What is
/// not so, or nothing.
std::string enactment::what_is_apart() const {
  const auto place_of = [this](const std::string& node) {
    const auto is_lost =
        std::any_of(machines_.begin(), machines_.end(), [&](const auto& each) {
          return each.with.node_name == node && !each.is_expected();
        });
    return is_lost ? peer_view::state::retired : peer_view::state::up;
  };
  for (const auto& each : living()) {
    const auto seen = each.node->cluster->read();
    if (!seen->is_settled || !seen->is_whole
        || seen->nodes.size() != machines_.size())
      return each.with.node_name + " waits for others";
    for (const auto& row : seen->nodes)
      if (!row.is_self && row.seen.is != place_of(row.entry.name))
        return each.with.node_name + " misses " + row.entry.name;
  }
  return {};
}

void enactment::come_together() {
  if (!is_cluster())
    return;
  // Whose disk failed at the last moment has ended, and the next one may begin
  // with bad luck, too.
  for (auto& each : living()) {
    if (goes_on() && !each.node->fatal.empty())
      restart(each);
    each.disk->heal();
  }
  heal_links();
  for (auto& each : living())
    each.frozen_ms = std::min<std::int64_t>(each.frozen_ms, 1);
  wait(1);
  for (std::int64_t left = gathering_ms; left > 0 && goes_on();
       left -= gathering_part_ms) {
    run_dry();
    if (what_is_apart().empty())
      return;
    retire_lost();
    wait(gathering_part_ms);
  }
  if (goes_on())
    complain(0, "in a healthy network " + what_is_apart());
}

/// Looked at after every turn of an actor; once is enough.
void enactment::check_owners() {
  if (!is_cluster() || !verdict_.broken.empty())
    return;
  std::map<std::string, std::size_t> owners;
  for (const auto& each : machines_) {
    if (!each.node)
      continue;
    if (!each.node->verdict.empty())
      complain(0, each.with.node_name + " has to end: " + each.node->verdict);
    for (const auto& store : each.node->cluster->read()->granted)
      if (!owners.emplace(store, each.number).second)
        complain(8, "two nodes serve " + store);
  }
}

const machine* enactment::owner_of(const std::string& store) const {
  for (const auto& each : living())
    if (each.has(store))
      return &each;
  return nullptr;
}

std::size_t enactment::home_of(const std::string& store) const {
  const auto* owner = owner_of(store);
  return owner == nullptr ? living().begin()->number : owner->number;
}

} // namespace holdfast::simulation
