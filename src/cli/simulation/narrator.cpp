#include "src/cli/simulation/narrator.hpp"

#include "holdfast/words.hpp"

namespace holdfast::simulation {

namespace {

void add(std::string& text, const char* name, std::int64_t value) {
  if (value == absent)
    return;
  text += name;
  text += std::to_string(value);
}

std::string tell(const reservation_ref& ref) {
  return ' ' + std::to_string(ref.grant_version) + '.'
         + std::to_string(ref.grant_seq);
}

void add(std::string& text, const balances& of) {
  text += " v" + std::to_string(of.version) + " " + std::to_string(of.on_hand)
          + '/' + std::to_string(of.reserved);
}

void add(std::string& text, const reservation& hold) {
  text += " hold" + tell(hold.ref) + " state "
          + std::to_string(static_cast<int>(hold.state)) + " of "
          + std::to_string(hold.quantity) + " until "
          + std::to_string(hold.expires_at_ms);
}

} // namespace

std::string tell(const command& ask) {
  auto text = std::string{to_string(ask.from.what)} + ' ' + ask.from.store + '/'
              + ask.from.sku;
  add(text, " amount ", ask.amount);
  add(text, " on_hand ", ask.on_hand);
  add(text, " safety ", ask.safety_stock);
  add(text, " backorders ", ask.backorder_limit);
  add(text, " ttl ", ask.ttl_s);
  add(text, " expecting ", ask.expected_version);
  for (const auto version : ask.if_match.versions)
    text += " if-match " + std::to_string(version);
  if (ask.reservation.grant_version != 0)
    text += tell(ask.reservation);
  if (ask.from.by_reservation)
    text += " by id";
  return ask.from.key.empty() ? text : text + ' ' + ask.from.key;
}

std::string tell(const outcome& answer) {
  std::string text{answer.ok() ? "ok" : to_string(answer.code)};
  if (answer.replayed)
    text += " again";
  if (answer.has_record)
    add(text, answer.record);
  if (answer.has_hold)
    add(text, answer.hold);
  add(text, " current ", answer.current_version);
  add(text, " available ", answer.available);
  return text;
}

std::string tell(const member_note& note) {
  using kind = member_note::kind;
  switch (note.is) {
  case kind::joined:
    return "is joined by " + note.node;
  case kind::lost:
    return "misses " + note.node + ": " + note.detail;
  case kind::refused:
    return "refuses " + note.node + ": " + note.detail;
  case kind::was_refused:
    return "is refused by " + note.node + ": " + note.detail;
  case kind::granted:
    return "is granted " + note.detail;
  case kind::retired:
    return "retires " + note.node;
  case kind::waits:
    return note.detail;
  }
  return "unknown";
}

std::string tell(const event& change) {
  auto text = std::to_string(change.seq) + ' ' + change.from.store + '/'
              + change.from.sku + ' ' + std::string{to_string(change.type)};
  add(text, change.after);
  if (change.has_hold())
    add(text, change.hold);
  text += " at " + std::to_string(change.after.updated_at_ms);
  return change.from.key.empty() ? text : text + ' ' + change.from.key;
}

} // namespace holdfast::simulation
