// Who is called when, and which links are given up.
#include "holdfast/membership.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "holdfast/backoff.hpp"

namespace holdfast {

namespace {

/// As if so many calls had failed.
constexpr std::uint32_t patient = 10;

} // namespace

void membership::order(member_order::kind is, std::uint64_t link,
                       std::uint64_t number) {
  orders_.push_back({is, link, number, {}, {}});
}

void membership::note(member_note::kind is, std::string node,
                      std::string detail) {
  notes_.push_back({is, std::move(node), std::move(detail)});
}

/// Every address of a member is called, however it became known.
void membership::watch_addresses() {
  for (const auto& [name, entry] : roster_.all()) {
    if (name == self_.who.name)
      continue;
    peers_.try_emplace(name);
    if (entry.retired)
      peers_[name].is = peer_view::state::retired;
  }
  std::set<node_address> wanted{with_.seeds.begin(), with_.seeds.end()};
  for (const auto& [name, entry] : roster_.all())
    if (!entry.retired && entry.at.port != 0 && name != self_.who.name)
      wanted.insert(entry.at);
  for (const auto& at : wanted)
    targets_.try_emplace(at);
  std::erase_if(targets_,
                [&](const auto& each) { return !wanted.contains(each.first); });
}

membership::target* membership::target_of(std::uint64_t link) {
  for (auto& [at, to] : targets_)
    if (to.is == target::state::linked && to.link == link)
      return &to;
  return nullptr;
}

void membership::pause(target& of, clock::time_point now) {
  of.is = target::state::idle;
  ++of.attempts;
  const auto wait =
      backoff(with_.retry_base, of.attempts, self_.run + ++last_number_);
  of.until = now + std::min<std::chrono::milliseconds>(wait, with_.retry_max);
}

/// Who is there is called again after the longest time.
void membership::put_off(std::uint64_t link, clock::time_point now,
                         const std::string& why) {
  while (auto* to = target_of(link)) {
    to->attempts = patient;
    to->failure = why;
    pause(*to, now);
  }
}

/// Somebody is up at that address already, or nobody should be.
bool membership::is_reached(const node_address& at, const target& of) const {
  if (at == self_.who.at)
    return true;
  for (const auto& [name, entry] : roster_.all()) {
    if (entry.at != at || name == self_.who.name)
      continue;
    const auto peer = peers_.find(name);
    if (peer != peers_.end() && peer->second.is == peer_view::state::up)
      return true;
  }
  return of.is == target::state::linked;
}

void membership::call(clock::time_point now) {
  for (auto& [at, to] : targets_) {
    if (to.is == target::state::dialling && to.until <= now)
      pause(to, now);
    if (to.is != target::state::idle || to.until > now || is_reached(at, to))
      continue;
    to.is = target::state::dialling;
    to.dial = ++last_number_;
    to.until = now + with_.answer_timeout;
    orders_.push_back({member_order::kind::dial, 0, to.dial, at, {}});
  }
}

void membership::check_links(clock::time_point now) {
  std::vector<std::pair<std::uint64_t, const char*>> dead;
  for (auto& [link, at] : links_) {
    if (at.has_greeted && at.answer_due <= now)
      dead.emplace_back(link, "no answer to the greeting");
    else if (at.is_up && at.heard + with_.silence_max <= now)
      dead.emplace_back(link, "silence");
    if (at.ask_again <= now) {
      at.ask_again = clock::time_point::max();
      order(member_order::kind::greet, link);
    }
    if (at.is_up && at.pinged + with_.ping_every <= now) {
      at.pinged = now;
      at.ping = ++last_number_;
      order(member_order::kind::ping, link, at.ping);
    }
  }
  for (const auto& [link, why] : dead)
    lose(link, why, now);
}

void membership::greet(std::uint64_t link, clock::time_point now) {
  auto& at = links_[link];
  at.has_greeted = true;
  at.greeted = now;
  at.answer_due = now + with_.answer_timeout;
  at.pinged = now;
  at.heard = now;
  order(member_order::kind::greet, link);
}

void membership::connected(std::uint64_t dial, std::uint64_t link,
                           clock::time_point now) {
  for (auto& [at, to] : targets_) {
    if (to.is != target::state::dialling || to.dial != dial)
      continue;
    to.is = target::state::linked;
    to.link = link;
    to.failure.clear();
    if (!links_[link].has_greeted)
      greet(link, now);
    return;
  }
}

void membership::hear(std::uint64_t link, clock::time_point now) {
  // Somebody counts on this node that it has given up.
  if (const auto found = links_.find(link); found != links_.end())
    found->second.heard = now;
  else
    greet(link, now);
}

void membership::take_pong(std::uint64_t link, std::uint64_t number,
                           clock::time_point now) {
  const auto found = links_.find(link);
  if (found == links_.end())
    return;
  auto& at = found->second;
  at.heard = now;
  if (at.ping == number)
    peers_[at.peer].round_trip =
        std::chrono::ceil<std::chrono::microseconds>(now - at.pinged);
}

void membership::spread(std::uint64_t except) {
  for (const auto& [link, at] : links_)
    if (at.is_up && link != except)
      order(member_order::kind::tell, link);
}

void membership::advance(clock::time_point now) {
  check_links(now);
  call(now);
  tell_waiting(now);
}

std::vector<member_order> membership::take_orders() {
  return std::exchange(orders_, {});
}

std::vector<member_note> membership::take_notes() {
  return std::exchange(notes_, {});
}

bool membership::take_changed() {
  return std::exchange(has_changed_, false);
}

} // namespace holdfast
