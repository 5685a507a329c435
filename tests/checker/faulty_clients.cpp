// The clients of a small node.
#include <algorithm>
#include <utility>

#include "tests/checker/faulty_node.hpp"

namespace holdfast::test {

namespace {

constexpr std::size_t skus = 2;

std::string sku_name(std::size_t index) {
  return index == 0 ? "A" : "B";
}

} // namespace

void faulty_node::act(std::size_t who) {
  auto& self = clients_[who];
  if (self.waits)
    return;
  // Many have to try again before one meets what was refused before.
  const auto patience = bug_ == bug::refusal_redone ? 2 : 8;
  const auto again =
      self.must_retry || (self.last != 0 && below(patience) == 0);
  const auto& before = calls_.empty() ? command{} : calls_[self.last].ask;
  if (again && is_write(before.from.what))
    submit(who, before);
  else
    submit(who, invent(who));
}

command faulty_node::invent(std::size_t who) {
  command ask;
  ask.from.store = "S";
  ask.from.sku = sku_name(below(skus));
  const auto die = below(10);
  if (die < 2) {
    ask.from.what = action::read;
    return ask;
  }
  if (die < 6 || holds_.empty()) {
    ask.from.what = die < 4 ? action::adjust : action::reserve;
    ask.amount = 1 + static_cast<std::int64_t>(below(5));
    if (ask.from.what == action::adjust && below(3) == 0)
      ask.amount = -ask.amount;
    if (ask.from.what == action::reserve)
      ask.ttl_s = 1;
  } else {
    const auto& hold = holds_[below(holds_.size())];
    ask.from.what = below(2) == 0 ? action::commit : action::release;
    ask.reservation = hold.ref;
    ask.from.sku = hold.owner;
  }
  ask.owner = ask.from.what == action::reserve ? ask.from.sku : "";
  ask.from.key = std::to_string(who) + '-' + std::to_string(calls_.size());
  ask.from.reference = ask.from.key;
  ask.from.fingerprint[0] = static_cast<std::uint8_t>(ask.amount);
  ask.from.fingerprint[1] = 1;
  return ask;
}

void faulty_node::submit(std::size_t who, command ask) {
  auto& self = clients_[who];
  self = {true, false, calls_.size()};
  checker::entry call;
  call.client = static_cast<std::uint32_t>(who);
  call.ask = std::move(ask);
  call.called_ns = tick();
  calls_.push_back(std::move(call));
  mailbox_.insert(mailbox_.begin()
                      + static_cast<std::ptrdiff_t>(below(mailbox_.size() + 1)),
                  calls_.size() - 1);
}

/// No two things happen at once.
std::int64_t faulty_node::tick() {
  now_ns_ = std::max(now_ns_ + 1, elapsed_ms_ * 1'000'000);
  return now_ns_;
}

/// Answers leave in any order once what they saw is durable.
void faulty_node::deliver() {
  if (outbox_.empty())
    return;
  const auto at = below(outbox_.size());
  if (outbox_[at].rows > durable_)
    return;
  auto other = below(outbox_.size());
  if (strikes(bug::swapped_answers, 30) && outbox_[other].rows <= durable_)
    std::swap(outbox_[at].answer, outbox_[other].answer);
  auto& call = calls_[outbox_[at].call];
  call.known = true;
  call.answer = outbox_[at].answer;
  call.returned_ns = tick();
  clients_[call.client].waits = false;
  outbox_.erase(outbox_.begin() + static_cast<std::ptrdiff_t>(at));
}

/// Everything heals: every unknown outcome is asked for with its key.
void faulty_node::settle() {
  const auto rest = [this] {
    while (!mailbox_.empty())
      handle();
    sync();
    while (!outbox_.empty())
      deliver();
  };
  rest();
  for (std::size_t who = 0; who < clients_.size(); ++who) {
    const auto& last =
        calls_.empty() ? command{} : calls_[clients_[who].last].ask;
    if (clients_[who].must_retry && is_write(last.from.what))
      submit(who, last);
  }
  rest();
}

void faulty_node::read_all(evidence& into) {
  for (std::size_t i = 0; i < skus; ++i) {
    command ask;
    ask.from.store = "S";
    ask.from.sku = sku_name(i);
    ask.from.what = action::read;
    submit(0, ask);
    const auto at = calls_.size() - 1;
    settle();
    into.finals.push_back({"S", ask.from.sku, calls_[at].answer.record});
  }
}

void faulty_node::show_view(evidence& into) const {
  std::map<std::string, balances> sums;
  for (const auto& each : log_)
    sums[each.change.from.sku] = each.change.after;
  if (bug_ == bug::counts_twice && !log_.empty())
    sums[log_.back().change.from.sku].on_hand += log_.back().change.delta + 1;
  for (const auto& [sku, record] : sums)
    into.view.push_back({sku,
                         record.on_hand,
                         record.reserved,
                         record.available(),
                         {{"S", sku, record}}});
}

} // namespace holdfast::test
