// What becomes of nodes that cannot be reached, and what is told of them.
#include <utility>

#include "holdfast/membership.hpp"

namespace holdfast {

/// The link is no more, and with it whoever was reached over it.
std::string membership::part(std::uint64_t link, peer_view::state now_is,
                             clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return {};
  auto name = std::move(found->second.peer);
  links_.erase(found);
  const auto peer = peers_.find(name);
  if (peer == peers_.end() || peer->second.link != link)
    return {};
  if (peer->second.is != peer_view::state::retired)
    peer->second.is = now_is;
  peer->second.link = 0;
  peer->second.since = now;
  has_changed_ = true;
  return name;
}

void membership::dial_failed(std::uint64_t dial, const std::string& why,
                             clock::time_point now) {
  for (auto& [at, to] : targets_) {
    if (to.is != target::state::dialling || to.dial != dial)
      continue;
    if (to.told.size() < member_target::told_max && to.told.insert(why).second)
      note(member_note::kind::lost, to_string(at), why);
    to.failure = why;
    for (const auto& [name, entry] : roster_.all())
      if (entry.at == at)
        note_absence(name, why);
    pause(to, now);
    return;
  }
}

void membership::lose(std::uint64_t link, const std::string& why,
                      clock::time_point now) {
  while (auto* to = target_of(link)) {
    to->failure = why;
    pause(*to, now);
  }
  const auto name = part(link, peer_view::state::down, now);
  if (name.empty())
    return;
  note(member_note::kind::lost, name, why);
  note_absence(name, why);
  // It is called at once: a link may break without its nodes.
  for (auto& [at, to] : targets_)
    if (const auto* entry = roster_.find(name); entry && entry->at == at) {
      to.attempts = 0;
      pause(to, now);
    }
}

/// The last reason is shown as long as the node is not there.
void membership::note_absence(const std::string& name, const std::string& why) {
  const auto peer = peers_.find(name);
  if (peer == peers_.end() || peer->second.is == peer_view::state::up
      || peer->second.is == peer_view::state::retired
      || peer->second.why == why)
    return;
  peer->second.why = why;
  has_changed_ = true;
}

} // namespace holdfast
