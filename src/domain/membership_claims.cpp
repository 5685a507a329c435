// Who may be a member, which stores a node wants, and when they are its own.
#include "holdfast/membership.hpp"

#include <algorithm>

namespace holdfast {

const std::vector<std::string>& membership::granted() const {
  static const std::vector<std::string> none;
  const auto* own = roster_.find(self_.who.name);
  return own ? own->stores : none;
}

bool membership::has(const std::string& store) const {
  const auto& own = granted();
  return std::find(own.begin(), own.end(), store) != own.end();
}

bool membership::is_full() const {
  return granted().size() >= limits::stores_max;
}

bool membership::is_settled() const {
  return self_.who.wanted.empty();
}

void membership::look_at_wishes() {
  auto& who = self_.who;
  who.wanted.clear();
  for (const auto& store : who.stores)
    if (!has(store))
      who.wanted.push_back(store);
}

/// Why nothing can be remembered of one more node; empty if it can.
std::string membership::lack_of_room(const roster_entry& fresh) const {
  if (roster_.find(fresh.name))
    return {};
  // This node has a place even before it has anything.
  std::size_t names = roster_.find(self_.who.name) ? 0 : 1;
  std::size_t retired = 0;
  for (const auto& [name, entry] : roster_.all()) {
    ++names;
    retired += entry.retired ? 1 : 0;
  }
  if (!fresh.retired && names - retired >= limits::nodes_max)
    return "there are " + std::to_string(limits::nodes_max) + " nodes already";
  if (names >= limits::node_names_max)
    return "there are " + std::to_string(names) + " names of nodes already, "
           + std::to_string(retired) + " of them retired";
  return {};
}

/// Who has nothing to lose need not agree to anything.
bool membership::has_a_say(const roster_entry& entry) const {
  return entry.name != self_.who.name && !entry.retired
         && !entry.stores.empty();
}

/// To the newest wish, and told whom else to ask.
bool membership::has_agreed(const std::string& name) const {
  const auto peer = peers_.find(name);
  if (peer == peers_.end())
    return false;
  const auto link = links_.find(peer->second.link);
  return link != links_.end() && link->second.has_told
         && link->second.welcomed >= self_.who.revision;
}

void membership::take_welcome(std::uint64_t link, std::uint64_t revision,
                              clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return;
  found->second.heard = now;
  found->second.welcomed = std::max(found->second.welcomed, revision);
  is_accepted_ = true;
  // Until the other side has introduced itself, too, nobody is reached.
  if (found->second.is_up)
    found->second.answer_due = clock::time_point::max();
  if (auto* to = target_of(link)) {
    to->attempts = 0;
    to->told.clear();
  }
  believe(link);
  settle_claims();
}

/// Back to what this node has; without anything it has no place here.
void membership::give_up(const std::string& why) {
  self_.who.stores = granted();
  self_.who.wanted.clear();
  ++self_.who.revision;
  for (const auto& [link, at] : links_)
    if (at.has_greeted)
      order(member_order::kind::greet, link);
  if (self_.who.stores.empty())
    verdict_ = why;
}

std::string membership::want(const std::string& store) {
  if (const auto* owner = roster_.owner_of(store))
    return "store " + store + " belongs to node " + owner->name;
  if (!is_settled())
    return "another store is about to be made";
  if (is_full())
    return "node " + self_.who.name + " has "
           + std::to_string(limits::stores_max) + " stores already";
  for (const auto& [name, entry] : roster_.all()) {
    const auto peer = peers_.find(name);
    const bool is_up =
        peer != peers_.end() && peer->second.is == peer_view::state::up;
    if (has_a_say(entry) && !is_up)
      return "node " + name + " cannot be asked: it is away";
  }
  self_.who.stores.push_back(store);
  self_.who.wanted.push_back(store);
  ++self_.who.revision;
  for (const auto& [link, at] : links_)
    if (at.is_up)
      order(member_order::kind::greet, link);
  settle_claims();
  return {};
}

std::string membership::retire(const std::string& name, clock::time_point now) {
  const auto peer = peers_.find(name);
  if (name == self_.who.name
      || (peer != peers_.end() && peer->second.is == peer_view::state::up))
    return "node " + name + " is there";
  if (const auto* known = roster_.find(name); known && known->retired)
    return {};
  // Nor does the last word count of one that never was a member.
  const bool had_a_word = refusals_.erase(name) != 0;
  has_changed_ = has_changed_ || had_a_word;
  if (!roster_.retire(name))
    return had_a_word ? "" : "there is no node " + name;
  peers_[name].retire(now);
  has_changed_ = true;
  has_heard_ = has_heard_ || has_nobody();
  watch_addresses();
  note(member_note::kind::retired, name, {});
  spread();
  settle_claims();
  return {};
}

/// Takes what is wanted once all members have agreed to the newest wish.
void membership::settle_claims() {
  const auto* own = roster_.find(self_.who.name);
  if (own
      && (own->retired
          || (is_settled() && own->epoch == self_.who.epoch
              && own->revision == self_.who.revision
              && own->at == self_.who.at)))
    return;
  bool knows_anybody = false;
  if (!is_settled())
    for (const auto& [name, entry] : roster_.all()) {
      if (!has_a_say(entry))
        continue;
      knows_anybody = true;
      if (!has_agreed(name))
        return;
    }
  if (!is_settled() && !knows_anybody && may_meet_others())
    return;
  const bool is_grant = !is_settled();
  auto mine = self_.who;
  mine.wanted.clear();
  if (!roster_.merge(mine)) {
    verdict_ = roster_.objection(mine);
    return;
  }
  has_changed_ = true;
  self_.who.wanted.clear();
  if (is_grant) {
    std::string list;
    for (const auto& store : mine.stores)
      list.append(list.empty() ? "" : ",").append(store);
    note(member_note::kind::granted, mine.name, list);
  }
  spread();
}

} // namespace holdfast
