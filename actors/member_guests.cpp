#include "actors/member_guests.hpp"

#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using member_pointer = member_actor::stateful_pointer<member_state>;

/// Why it may not come in, or nothing.
std::string objection(const member_state& state, const greeting& said) {
  if (auto why = mismatch(said, state.protocol->introduction()); !why.empty())
    return why;
  if (state.guests.size() >= guests_max)
    return "there are " + std::to_string(guests_max) + " guests already";
  return {};
}

} // namespace

std::vector<caf::message> make_news(const member_state& state) {
  std::vector<caf::message> made;
  // One by one: each may name a thousand stores.
  for (const auto& [name, entry] : state.protocol->known().all())
    made.push_back(caf::make_message(wire_news{{entry}, false}));
  made.push_back(caf::make_message(wire_news{{}, true}));
  return made;
}

void tell_news(member_pointer self, const member_actor& to,
               const std::vector<caf::message>& news) {
  // `send` would make a message of its own.
  for (const auto& each : news)
    to->enqueue(self->ctrl(), caf::make_message_id(), each, self->context());
}

void take_guest(member_pointer self, const greeting& said) {
  auto& state = self->state;
  if (!self->current_sender())
    return;
  const auto who = caf::actor_cast<member_actor>(self->current_sender());
  const bool is_new = !state.guests.contains(who.address());
  if (const auto why = is_new ? objection(state, said) : ""; !why.empty()) {
    telemetry::log_warn("guest_refused", {{"reason", why}});
    self->send(who, wire_refusal{{why, refusal_kind::plain, 0, {}, {}}});
    return;
  }
  if (is_new) {
    self->monitor(who);
    state.guests.emplace(who.address(), who);
    telemetry::log_info("guest_came", {{"guest", to_string(who.address())}});
  }
  // It may come again over another connection.
  state.config.on_accepted(who.node());
  self->send(who, state.protocol->introduction(), state.config.doors);
  tell_news(self, who, make_news(state));
}

bool lose_guest(member_pointer self, const caf::actor_addr& who) {
  if (self->state.guests.erase(who) == 0)
    return false;
  telemetry::log_info("guest_left", {{"guest", to_string(who)}});
  return true;
}

void tell_guests(member_pointer self) {
  const auto& state = self->state;
  if (state.guests.empty())
    return;
  const auto news = make_news(state);
  for (const auto& [address, guest] : state.guests)
    tell_news(self, guest, news);
}

} // namespace holdfast
