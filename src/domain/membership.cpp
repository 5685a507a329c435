#include "holdfast/membership.hpp"

#include <utility>

namespace holdfast {

namespace {

/// Two connections of one pair may change the order.
void keep_early(auto& link, const std::vector<roster_entry>& known,
                bool is_last) {
  if (link.early.size() + known.size() <= limits::node_names_max)
    link.early.insert(link.early.end(), known.begin(), known.end());
  link.has_told_early = link.has_told_early || is_last;
}

} // namespace

membership::membership(settings with, greeting self, roster known)
    : with_(std::move(with)), self_(std::move(self)),
      roster_(std::move(known)) {
  self_.cluster = with_.cluster;
  self_.who.revision = 1;
  self_.who.run = self_.run;
  for (const auto& seed : with_.seeds)
    targets_.emplace(seed, target{});
  look_at_wishes();
  watch_addresses();
  has_heard_ = has_nobody();
  settle_claims();
}

void membership::take_greeting(std::uint64_t link, const greeting& said,
                               clock::time_point now) {
  auto& at = links_[link];
  at.heard = now;
  at.peer = said.who.name;
  if (said.run == self_.run) {
    // A name may lead to another node the next time.
    put_off(link, now, target::own);
    links_.erase(link);
    return;
  }
  auto refusal = judge(said);
  if (refusal.why.empty()) {
    yield_to(said.who);
    refusal = judge_claims(said);
  }
  if (!refusal.why.empty())
    return refuse(link, std::move(refusal), said, now);
  accept(link, said, now);
}

void membership::accept(std::uint64_t link, const greeting& said,
                        clock::time_point now) {
  if (roster_.merge(said.who)) {
    has_changed_ = true;
    watch_addresses();
  }
  auto& peer = peers_[said.who.name];
  const bool is_new = peer.is != peer_view::state::up || peer.run != said.run;
  if (is_new) {
    peer.since = now;
    has_changed_ = true;
    // Told once this node is accepted, too, and not with every attempt.
    if (!is_denied_by(said.who.name))
      tell_joined(said.who.name);
  }
  has_changed_ = has_changed_ || peer.link != link;
  peer.is = peer_view::state::up;
  peer.why.clear();
  peer.link = link;
  peer.run = said.run;
  peer.protocol = said.protocol;
  auto& at = links_[link];
  order(member_order::kind::welcome, link, said.who.revision);
  // Who says the same again has lost what it knew of this node, unless that is
  // the answer to what this node said: two who answer each other's answers
  // would never end.
  const bool is_again = at.is_up && at.seen == said.who.revision
                        && at.greeted + with_.answer_timeout / 2 <= now;
  at.seen = said.who.revision;
  at.is_up = true;
  at.refused.clear();
  believe(link);
  if (at.welcomed >= self_.who.revision)
    at.answer_due = clock::time_point::max();
  if (!at.has_greeted || is_again)
    greet(link, now);
  order(member_order::kind::tell, link);
  spread(link);
  if (const auto early = std::exchange(at.early, {}); at.has_told_early)
    take_news(link, early, std::exchange(at.has_told_early, false), now);
  settle_claims();
}

void membership::tell_joined(const std::string& member) {
  const auto* entry = roster_.find(member);
  note(member_note::kind::joined, member,
       entry && entry->at.port != 0 ? to_string(entry->at) : "");
}

void membership::take_news(std::uint64_t link,
                           const std::vector<roster_entry>& known, bool is_last,
                           clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return;
  found->second.heard = now;
  if (!found->second.is_up) {
    keep_early(found->second, known, is_last);
    return;
  }
  const bool is_first = is_last && !std::exchange(found->second.has_told, true);
  const auto teller = found->second.peer;
  bool is_news = false;
  for (const auto& entry : known) {
    if (!is_valid(entry))
      continue;
    if (entry.name == self_.who.name) {
      if (entry.retired && entry.journal == self_.who.journal
          && roster_.merge(entry)) {
        verdict_ = "node " + entry.name + " was retired";
        is_for_good_ = true;
        is_news = true;
      }
      continue;
    }
    if (!lack_of_room(entry).empty())
      continue;
    if (roster_.merge(entry)) {
      is_news = true;
      yield_to(entry);
    }
    if (auto peer = peers_.find(entry.name);
        entry.retired && peer != peers_.end())
      peer->second.retire(now);
  }
  if (is_last)
    note_telling(teller);
  if (is_news) {
    has_changed_ = true;
    watch_addresses();
    spread(link);
  }
  if (is_news || is_first)
    settle_claims();
}

} // namespace holdfast
