#include "tests/checker/tiny_history.hpp"

#include <utility>

#include "tests/checker/event_types.hpp"
#include "tests/checker/tiny_world.hpp"

namespace holdfast::test {

tiny_history tiny_world::run() {
  while (told_.calls.size() < calls_max_ || !running_.empty())
    step();
  for (const auto& [sku, model] : models_)
    told_.finals.push_back({tiny_store, sku, model.record()});
  return std::move(told_);
}

void tiny_world::step() {
  pass_time();
  const auto who = static_cast<std::uint32_t>(below(3));
  const auto at = running_.find(who);
  if (at == running_.end()) {
    if (told_.calls.size() == calls_max_)
      return;
    running_[who] = {told_.calls.size()};
    checker::entry call;
    call.client = who;
    call.ask = invent();
    call.called_ns = ++now_ns_;
    told_.calls.push_back(std::move(call));
    return;
  }
  auto& call = told_.calls[at->second.call];
  if (!at->second.is_done) {
    at->second.is_done = true;
    // Now and then a request gets lost on its way, or its answer does.
    if (one_in(20))
      running_.erase(at);
    else
      execute(call);
    return;
  }
  running_.erase(at);
  call.known = !one_in(6);
  if (!call.known) {
    call.answer = {};
    return;
  }
  call.returned_ns = ++now_ns_;
}

void tiny_world::pass_time() {
  if (one_in(3))
    now_ms_ += 700;
  // A timer of the server, which comes late.
  if (one_in(8))
    for (const auto& [sku, model] : models_)
      expire(sku);
}

void tiny_world::execute(checker::entry& call) {
  const auto& ask = call.ask;
  const auto& sku = ask.from.sku;
  auto& model = models_.at(sku);
  expire(sku);
  if (const auto known = keys_.find(ask.from.key);
      known != keys_.end() && !is_forgotten(known->second, ask)) {
    call.answer = is_same_body(known->second.ask, ask)
                      ? known->second.answer
                      : refusal(error_code::idempotency_mismatch);
    return;
  }
  const auto before = model.record();
  call.answer = model.answer(ask, now_ms_);
  // A stored outcome comes with the record as it is.
  if (call.answer.ok() && !call.answer.has_record) {
    call.answer.has_record = true;
    call.answer.record = before;
  }
  if (model.record().version > before.version) {
    auto& change = write(sku, before);
    if (ask.from.what == action::reserve) {
      model.number_grant(model.record().version, change.seq);
      call.answer.hold.ref.grant_seq = change.seq;
      holds_[sku].push_back(call.answer.hold.ref);
    }
    change.type = type_of(ask.from.what);
    change.hold = call.answer.hold;
    change.from = ask.from;
  }
  if (!ask.from.key.empty())
    keys_[ask.from.key] = {ask, call.answer};
}

/// What was refused before is not refused now.
bool tiny_world::is_forgotten(const use& known, const command& ask) const {
  auto model = models_.at(ask.from.sku);
  return forgets_ && !known.answer.ok() && model.answer(ask, now_ms_).ok();
}

void tiny_world::expire(const std::string& sku) {
  auto& model = models_.at(sku);
  for (;;) {
    const auto before = model.record();
    const auto ended = model.expire_next(now_ms_);
    if (!ended)
      return;
    auto& change = write(sku, before);
    change.type = event_type::reservation_expired;
    change.hold = *ended;
    change.from.store = tiny_store;
    change.from.sku = sku;
  }
}

event& tiny_world::write(const std::string& sku, const balances& before) {
  event change;
  change.after = models_.at(sku).record();
  change.seq = told_.journal.size() + 1;
  change.prev_seq = std::exchange(last_[sku], change.seq);
  change.delta = change.after.on_hand - before.on_hand;
  change.reserved_delta = change.after.reserved - before.reserved;
  return told_.journal.emplace_back(std::move(change));
}

tiny_history make_tiny_history(std::mt19937_64& random, std::size_t calls_max,
                               bool forgets) {
  return tiny_world{random, calls_max, forgets}.run();
}

} // namespace holdfast::test
