// What keeps a node from serving all that it wants, and from knowing what
// others have.
#include <algorithm>
#include <utility>

#include "holdfast/membership.hpp"

namespace holdfast {

namespace {

constexpr auto nobody_came = "waits for a node to join";

} // namespace

/// That member said last that this process is not the node.
bool membership::is_denied_by(const std::string& member) const {
  const auto said = refusals_.find(member);
  const auto* by = roster_.find(member);
  return said != refusals_.end() && said->second.is == refusal_kind::passing
         && !(by && by->retired);
}

bool membership::is_doubted() const {
  return !verdict_.empty()
         || std::any_of(
             refusals_.begin(), refusals_.end(),
             [this](const auto& each) { return is_denied_by(each.first); });
}

/// Why `entry` has not agreed yet.
std::string membership::silence_of(const roster_entry& entry) const {
  if (const auto said = refusals_.find(entry.name); said != refusals_.end())
    return said->second.why;
  const auto peer = peers_.find(entry.name);
  if (peer != peers_.end() && peer->second.is == peer_view::state::up)
    return "asked";
  return entry.at.port == 0 && self_.who.at.port == 0
             ? "away, and neither can call the other: of any two nodes at least"
               " one needs a node port"
             : "away";
}

std::string membership::obstacle() const {
  if (!verdict_.empty())
    return verdict_;
  for (const auto& [name, said] : refusals_)
    if (is_denied_by(name))
      return "node " + name + " says: " + said.why;
  if (is_settled())
    return {};
  std::string missing;
  for (const auto& [name, entry] : roster_.all())
    if (has_a_say(entry) && !has_agreed(name))
      missing +=
          (missing.empty() ? "" : ", ") + name + " (" + silence_of(entry) + ")";
  return missing.empty() ? nobody_came : "waits for the consent of " + missing;
}

/// What came of the last calls to others.
std::string membership::failures() const {
  std::string text;
  const auto add = [&text](const node_address& at, const std::string& why) {
    text += (text.empty() ? " (" : ", ") + to_string(at) + ": " + why;
  };
  for (const auto& [at, to] : targets_)
    if (at == self_.who.at)
      add(at, target::own);
    else if (!to.failure.empty())
      add(at, to.failure);
  return text.empty() ? text : text + ')';
}

/// A seed may lead to nodes that are not known yet. For a member that of a node
/// which is gone for good does not: all who came that way had to ask it, too.
/// Nor does its own. Addresses are compared as they are written.
bool membership::may_meet_others() const {
  const auto& all = roster_.all();
  const auto is_gone = [&](const node_address& seed) {
    return seed == self_.who.at
           || std::any_of(all.begin(), all.end(), [&](const auto& each) {
                return each.second.retired && each.second.at == seed;
              });
  };
  const auto& seeds = with_.seeds;
  return granted().empty() ? !seeds.empty()
                           : !std::all_of(seeds.begin(), seeds.end(), is_gone);
}

/// There is no other member that it was told to call, or remembers. Who has
/// stores was asked about those of all others, so none without any counts.
bool membership::has_nobody() const {
  const auto& all = roster_.all();
  const bool was_asked = !granted().empty();
  return !may_meet_others()
         && std::none_of(all.begin(), all.end(), [&](const auto& each) {
              const auto& [name, entry] = each;
              return was_asked ? has_a_say(entry)
                               : !entry.retired && name != self_.who.name;
            });
}

/// Who has no store of its own yet has not been asked about those of others.
void membership::note_telling(const std::string& teller) {
  const auto* by = roster_.find(teller);
  if (has_heard_ || !by || by->stores.size() <= by->wanted.size())
    return;
  has_heard_ = true;
  has_changed_ = true;
}

void membership::tell_waiting(clock::time_point now) {
  if (auto text = obstacle(); text != waiting_) {
    waiting_ = std::move(text);
    waiting_due_ = now + with_.tell_waiting;
  } else if (!waiting_.empty() && waiting_due_ <= now) {
    // Readiness, which anybody may ask for, does not name addresses.
    note(member_note::kind::waits, self_.who.name,
         waiting_ == nobody_came ? waiting_ + failures() : waiting_);
    waiting_due_ = clock::time_point::max();
  }
}

} // namespace holdfast
