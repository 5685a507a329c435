// Who is refused and why, and what a refusal means.
#include <algorithm>
#include <utility>

#include "contains.hpp"
#include "holdfast/membership.hpp"

namespace holdfast {

namespace {

/// Why nobody else can have a store of `owner`.
std::string claim_of(const roster_entry& owner, const std::string& store) {
  return owner.wants(store)
             ? "store " + store + " is wanted by node " + owner.name
             : "store " + store + " belongs to node " + owner.name;
}

} // namespace

std::string mismatch(const greeting& said, const greeting& own) {
  if (said.protocol != own.protocol)
    return "it speaks protocol " + std::to_string(said.protocol) + ", "
           + own.who.name + " speaks " + std::to_string(own.protocol);
  if (said.cluster != own.cluster)
    return "it belongs to cluster " + said.cluster + ", " + own.who.name
           + " to " + own.cluster;
  return {};
}

/// Another process of that name is there, or has not been missed yet.
bool membership::is_elsewhere(const greeting& said) const {
  const auto peer = peers_.find(said.who.name);
  return peer != peers_.end() && peer->second.is == peer_view::state::up
         && peer->second.run != said.run;
}

/// It has stores already, and is where the node of its name was: which of both
/// is to go on nobody knows. A stranger elsewhere is no reason for it to stop.
bool membership::is_in_place_of_known(const roster_entry& said) const {
  const auto* known = roster_.find(said.name);
  return known != nullptr && said.at.port != 0 && known->at == said.at
         && said.wanted.size() < said.stores.size();
}

/// Whether it is who it says; an empty reason accepts it.
greeting_refusal membership::judge(const greeting& said) const {
  const auto& name = said.who.name;
  const auto refusal = [&](std::string why,
                           refusal_kind is = refusal_kind::plain) {
    return greeting_refusal{
        std::move(why), is, said.who.revision, self_.who.name, {}};
  };
  if (!is_valid(said.who))
    return refusal("it has a name or an address that is none");
  // What happened to that name here does not concern another cluster.
  if (said.cluster == self_.cluster && roster_.is_void(said.who))
    return refusal(roster_.doubt(said.who), refusal_kind::for_good);
  if (auto why = mismatch(said, self_); !why.empty())
    return refusal(std::move(why));
  if (name == self_.who.name)
    return refusal("the name " + name + " is that of the node it called");
  if (auto why = roster_.doubt(said.who); !why.empty())
    return refusal(std::move(why), is_in_place_of_known(said.who)
                                       ? refusal_kind::passing
                                       : refusal_kind::plain);
  if (is_elsewhere(said))
    return refusal("node " + name + " is there already", refusal_kind::passing);
  return refusal(lack_of_room(said.who));
}

/// Whether it may have what it wants; an empty reason accepts it.
greeting_refusal membership::judge_claims(const greeting& said) const {
  greeting_refusal made;
  made.revision = said.who.revision;
  made.by = self_.who.name;
  for (const auto& store : said.who.stores) {
    const auto* owner =
        self_.who.wants(store) ? &self_.who : roster_.owner_of(store);
    if (owner == nullptr || owner->name == said.who.name)
      continue;
    const bool is_open = owner->wants(store);
    if (is_open && !made.rival.empty() && made.rival < owner->name)
      continue;
    made.why = claim_of(*owner, store);
    made.is = is_open ? refusal_kind::contested : refusal_kind::plain;
    made.rival = owner->name;
    if (!is_open)
      break;
  }
  return made;
}

void membership::refuse(std::uint64_t link, greeting_refusal said,
                        const greeting& to, clock::time_point now) {
  auto& at = links_[link];
  if (std::exchange(at.refused, said.why) != said.why)
    note(member_note::kind::refused, to.who.name, said.why);
  note_absence(to.who.name, said.why);
  orders_.push_back({member_order::kind::refuse, link, 0, {}, std::move(said)});
  // One that is there stays, without what it wants in addition.
  if (at.is_up)
    return;
  put_off(link, now);
  links_.erase(link);
}

void membership::take_refusal(std::uint64_t link, const greeting_refusal& said,
                              clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return;
  auto& at = found->second;
  at.heard = now;
  const bool is_of_wish =
      said.is == refusal_kind::plain || said.is == refusal_kind::contested;
  // It is about what this node does not say any more.
  if (is_of_wish && said.revision < self_.who.revision)
    return;
  // Of two that want the same store the one with the smaller name goes on.
  const bool goes_on =
      said.is == refusal_kind::contested && self_.who.name < said.rival;
  at.answer_due = clock::time_point::max();
  const auto by = said.by.empty() ? at.peer : said.by;
  if (refusals_.size() < limits::node_names_max || refusals_.contains(by)) {
    auto& last = refusals_[by];
    if (last.why != said.why)
      note(member_note::kind::was_refused, by, said.why);
    has_changed_ = has_changed_ || last.is != said.is;
    last = said;
  }
  if (at.is_up && is_of_wish && !is_settled()) {
    if (goes_on)
      at.ask_again = now + with_.ask_again;
  } else {
    put_off(link, now);
    if (const auto name = part(link, peer_view::state::refused, now);
        !name.empty())
      note_absence(name, said.why);
  }
  if (said.is == refusal_kind::for_good) {
    verdict_ = said.why;
    is_for_good_ = true;
  } else if (said.is == refusal_kind::passing && is_founded_anew()) {
    verdict_ = said.why;
  } else if (is_of_wish && !goes_on && !is_settled()) {
    give_up(said.why);
  }
}

/// Who is on the other side has accepted this node, whatever it said before.
void membership::believe(std::uint64_t link) {
  const auto& at = links_.at(link);
  if (!at.is_up || at.welcomed == 0)
    return;
  const bool was_denied = is_denied_by(at.peer);
  if (refusals_.erase(at.peer) != 0)
    has_changed_ = true;
  if (was_denied)
    tell_joined(at.peer);
}

/// Nobody ever knew the directory: there is nothing to come back to.
bool membership::is_founded_anew() const {
  return self_.who.epoch == 1 && !is_accepted_;
}

/// The one with the greater name gives way, and anybody to who has the store.
void membership::yield_to(const roster_entry& rival) {
  for (const auto& store : self_.who.wanted) {
    if (!contains(rival.stores, store)
        || (rival.wants(store) && self_.who.name < rival.name))
      continue;
    const auto why = claim_of(rival, store);
    note(member_note::kind::was_refused, rival.name, why);
    give_up(why);
    return;
  }
}

} // namespace holdfast
