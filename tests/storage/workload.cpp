#include "workload.hpp"

#include <variant>

namespace holdfast::storage::testing {

workload::workload(std::uint64_t seed, std::size_t skus,
                   std::uint64_t letters_percent)
    : random_(seed), letters_percent_(letters_percent) {
  for (std::size_t i = 0; i < skus; ++i)
    names_.emplace_back("store-" + std::to_string(i % 3),
                        "SKU " + std::to_string(i / 2));
}

std::uint64_t workload::draw(std::uint64_t bound) {
  return random_() % bound;
}

void workload::transact(journal& into, std::size_t operations_max, bool keep) {
  into.begin();
  write(into, operations_max);
  if (keep) {
    into.commit();
    committed();
  } else {
    into.rollback();
    rolled_back();
  }
}

void workload::write(journal& into, std::size_t operations_max) {
  pending_ = stocks_;
  pending_letters_ = letters_;
  for (auto left = 1 + draw(operations_max); left > 0; --left)
    operate(into);
}

void workload::committed() {
  stocks_ = pending_;
  letters_ = pending_letters_;
  events_kept_ = events_.size();
  answers_kept_ = answers_.size();
}

void workload::rolled_back() {
  events_.resize(events_kept_);
  answers_.resize(answers_kept_);
}

void workload::operate(journal& into) {
  now_ms_ += static_cast<std::int64_t>(draw(400));
  const auto& name = names_[draw(names_.size())];
  auto& state = pending_[name];
  const auto cmd = random_command(name, state);
  if (letters_percent_ > 0 && draw(100) < letters_percent_)
    return change_letters(into, cmd);
  for (auto& change : due_expiries(state, cmd.from, now_ms_))
    record(into, state, std::move(change));
  auto verdict = decide(state, cmd, {now_ms_, 900});
  if (auto* change = std::get_if<stock_change>(&verdict)) {
    record(into, state, {std::move(*change), cmd.from});
  } else if (const auto* answer = std::get_if<outcome>(&verdict)) {
    if (!cmd.from.key.empty())
      remember(into, cmd, *answer);
  }
  if (draw(10) == 0)
    into.snapshot(name.first, name.second, state);
}

void workload::change_letters(journal& into, const command& cmd) {
  auto known = pending_letters_.begin();
  const auto what = known == pending_letters_.end() ? 0 : draw(5);
  if (what > 1)
    std::advance(known, draw(pending_letters_.size()));
  if (what > 2) {
    into.remove_letter(known->first);
    pending_letters_.erase(known);
    return;
  }
  dead_letter letter;
  letter.ask = what == 2 ? retry_of(known->second) : cmd;
  // As it is kept: beside a key only.
  if (letter.ask.from.key.empty())
    letter.ask.from.fingerprint = {};
  letter.cause = std::string(draw(300), 'c');
  letter.attempts = 4;
  letter.first_ms = letter.last_ms = now_ms_;
  into.bury(letter);
  if (what == 2) {
    auto& first = known->second;
    first.cause = letter.cause;
    first.attempts += letter.attempts;
    first.last_ms = letter.last_ms;
  } else {
    pending_letters_.emplace(letter.id, letter);
  }
}

void workload::record(journal& into, stock& state, event change) {
  into.append(change);
  apply(state, change);
  if (change.type == event_type::stock_reserved)
    note_grant_seq(state, change.hold.ref.grant_version, change.seq);
  events_.push_back(std::move(change));
}

void workload::remember(journal& into, const command& cmd,
                        const outcome& answer) {
  remembered_answer kept;
  kept.from = cmd.from;
  kept.ref = cmd.reservation;
  kept.at_ms = now_ms_;
  kept.answer = answer;
  into.remember(kept);
  answers_.push_back(std::move(kept));
}

command workload::random_command(const sku_name& name, const stock& state) {
  command cmd;
  cmd.from.store = name.first;
  cmd.from.sku = name.second;
  cmd.amount = 1 + static_cast<std::int64_t>(draw(20));
  if (draw(3) != 0)
    cmd.from.key = "key-" + std::to_string(next_key_++);
  cmd.from.fingerprint.fill(static_cast<std::uint8_t>(draw(256)));
  if (draw(4) == 0)
    cmd.from.reason = std::string(draw(200), 'r');
  if (draw(4) == 0)
    cmd.from.actor = "till";
  switch (draw(state.holds.empty() ? 3 : 6)) {
  case 0:
    cmd.from.what = action::adjust;
    break;
  case 1:
    cmd.from.what = action::reserve;
    cmd.ttl_s = 1 + static_cast<std::int64_t>(draw(20));
    cmd.owner = "basket";
    break;
  case 2:
    cmd.from.what = action::count;
    cmd.on_hand = 20 + static_cast<std::int64_t>(draw(100));
    cmd.backorder_limit = static_cast<std::int64_t>(draw(5));
    break;
  case 3:
    cmd.from.what = action::release;
    break;
  case 4:
    cmd.from.what = action::commit;
    break;
  default:
    cmd.from.what = action::extend;
    cmd.ttl_s = 30;
    break;
  }
  if (cmd.from.what > action::reserve) {
    auto hold = state.holds.begin();
    std::advance(hold, draw(state.holds.size()));
    cmd.reservation = hold->second.ref;
    cmd.from.by_reservation = draw(2) == 0;
  }
  return cmd;
}

} // namespace holdfast::storage::testing
