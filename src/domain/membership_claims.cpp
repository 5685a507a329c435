// Who may be a member, which stores a node wants, and when they are its own.
#include "holdfast/membership.hpp"

#include <algorithm>

namespace holdfast {

std::string mismatch(const greeting& said, const greeting& own) {
  if (said.protocol != own.protocol)
    return "it speaks protocol " + std::to_string(said.protocol) + ", "
           + own.who.name + " speaks " + std::to_string(own.protocol);
  if (said.cluster != own.cluster)
    return "it belongs to cluster " + said.cluster + ", " + own.who.name
           + " to " + own.cluster;
  return {};
}

const std::vector<std::string>& membership::granted() const {
  static const std::vector<std::string> none;
  const auto* own = roster_.find(self_.who.name);
  return own ? own->stores : none;
}

bool membership::has(const std::string& store) const {
  const auto& own = granted();
  return std::find(own.begin(), own.end(), store) != own.end();
}

bool membership::is_settled() const {
  const auto& wanted = self_.who.stores;
  return std::all_of(wanted.begin(), wanted.end(),
                     [this](const auto& store) { return has(store); });
}

/// Another process of that name is there, or has not been missed yet.
bool membership::is_elsewhere(const greeting& said) const {
  const auto peer = peers_.find(said.who.name);
  return peer != peers_.end() && peer->second.is == peer_view::state::up
         && peer->second.run != said.run;
}

std::string membership::judge(const greeting& said) const {
  const auto& name = said.who.name;
  if (!is_valid(said.who))
    return "it has a name or an address that is none";
  if (const auto* known = roster_.find(name); known && known->retired)
    return "node " + name + " was retired";
  if (auto why = mismatch(said, self_); !why.empty())
    return why;
  if (name == self_.who.name)
    return "the name " + name + " is that of the node it called";
  if (is_elsewhere(said))
    return "node " + name + " is there already";
  if (!roster_.find(name) && roster_.all().size() >= limits::nodes_max)
    return "there are " + std::to_string(limits::nodes_max) + " nodes already";
  for (const auto& store : self_.who.stores)
    if (std::find(said.who.stores.begin(), said.who.stores.end(), store)
        != said.who.stores.end())
      return "store " + store + " belongs to node " + self_.who.name;
  return roster_.objection(said.who);
}

/// Who has nothing to lose need not agree to anything.
bool membership::has_a_say(const roster_entry& entry) const {
  return entry.name != self_.who.name && !entry.retired
         && !entry.stores.empty();
}

void membership::take_welcome(std::uint64_t link, std::uint64_t revision,
                              clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return;
  found->second.heard = now;
  found->second.welcomed = std::max(found->second.welcomed, revision);
  // Until the other side has introduced itself, too, nobody is reached.
  if (found->second.is_up)
    found->second.answer_due = clock::time_point::max();
  if (auto* to = target_of(link))
    to->attempts = 0;
  settle_claims();
}

/// Back to what this node has; without anything it has no place here.
void membership::give_up(const std::string& why) {
  self_.who.stores = granted();
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
  if (self_.who.stores.size() >= limits::stores_max)
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
  if (!roster_.retire(name))
    return "there is no node " + name;
  auto& view = peers_[name];
  view.is = peer_view::state::retired;
  view.since = now;
  has_changed_ = true;
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
      const auto peer = peers_.find(name);
      if (peer == peers_.end() || peer->second.link == 0)
        return;
      const auto& link = links_[peer->second.link];
      if (!link.has_told || link.welcomed < self_.who.revision)
        return;
    }
  if (!is_settled() && !knows_anybody && !with_.seeds.empty())
    return;
  const bool is_grant = !is_settled();
  auto mine = self_.who;
  if (!roster_.merge(mine)) {
    verdict_ = roster_.objection(mine);
    return;
  }
  has_changed_ = true;
  if (is_grant) {
    std::string list;
    for (const auto& store : mine.stores)
      list.append(list.empty() ? "" : ",").append(store);
    note(member_note::kind::granted, mine.name, list);
  }
  spread();
}

} // namespace holdfast
