#include "tests/checker/tiny_history.hpp"

#include <map>
#include <optional>

#include "tests/support/naive_model.hpp"

namespace holdfast::test {

namespace {

/// An honest server and its clients.
class tiny_world {
public:
  tiny_world(std::mt19937_64& random, std::size_t calls_max)
      : random_(random), calls_max_(calls_max) {
    // nop
  }

  tiny_history run() {
    while (told_.calls.size() < calls_max_ || !running_.empty())
      step();
    told_.finals.push_back({"S", "A", model_.record()});
    return std::move(told_);
  }

private:
  /// A call that has not returned.
  struct flight {
    std::size_t call = 0;
    bool is_done = false;
  };

  std::size_t below(std::size_t bound) {
    return static_cast<std::size_t>(random_() % bound);
  }
  void step();
  command invent();
  void execute(checker::entry& call);
  void write(const command& ask, const balances& before, const outcome& done);

  std::mt19937_64& random_;
  std::size_t calls_max_;
  std::int64_t now_ns_ = 0;
  naive_model model_{900};
  tiny_history told_;
  /// By client.
  std::map<std::uint32_t, flight> running_;
  std::map<std::string, outcome> keys_;
  std::vector<reservation_ref> holds_;
};

void tiny_world::step() {
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
    if (below(20) == 0)
      running_.erase(at);
    else
      execute(call);
    return;
  }
  running_.erase(at);
  call.known = below(6) != 0;
  if (!call.known) {
    call.answer = {};
    return;
  }
  call.returned_ns = ++now_ns_;
}

command tiny_world::invent() {
  const auto die = below(10);
  if (die == 0 && !told_.calls.empty()) {
    const auto& again = told_.calls[below(told_.calls.size())].ask;
    if (!again.from.key.empty())
      return again;
  }
  command ask;
  ask.from.store = "S";
  ask.from.sku = "A";
  const auto name = std::to_string(told_.calls.size());
  if (die < 4) {
    ask.from.what = action::read;
    return ask;
  }
  if (die < 8 || holds_.empty()) {
    ask.from.what = die < 7 ? action::adjust : action::reserve;
    ask.amount = 1 + static_cast<std::int64_t>(below(3));
    if (ask.from.what == action::adjust && below(3) == 0)
      ask.amount = -ask.amount;
  } else {
    ask.from.what = below(2) == 0 ? action::commit : action::release;
    ask.reservation = holds_[below(holds_.size())];
    ask.from.key = 'k' + name;
  }
  if (below(2) == 0)
    ask.from.key = 'k' + name;
  if (below(2) == 0)
    ask.from.reference = 'r' + name;
  return ask;
}

void tiny_world::execute(checker::entry& call) {
  const auto& ask = call.ask;
  const auto known = keys_.find(ask.from.key);
  if (!ask.from.key.empty() && known != keys_.end()) {
    call.answer = known->second;
    return;
  }
  const auto before = model_.record();
  call.answer = model_.answer(ask, tiny_now_ms);
  // A stored outcome comes with the record as it is.
  if (call.answer.ok() && !call.answer.has_record) {
    call.answer.has_record = true;
    call.answer.record = before;
  }
  if (model_.record().version > before.version) {
    if (ask.from.what == action::reserve) {
      const auto seq = told_.journal.size() + 1;
      model_.number_grant(model_.record().version, seq);
      call.answer.hold.ref.grant_seq = seq;
      holds_.push_back(call.answer.hold.ref);
    }
    write(ask, before, call.answer);
  }
  if (!ask.from.key.empty())
    keys_[ask.from.key] = call.answer;
}

void tiny_world::write(const command& ask, const balances& before,
                       const outcome& done) {
  event change;
  change.seq = told_.journal.size() + 1;
  change.prev_seq = change.seq - 1;
  change.delta = done.record.on_hand - before.on_hand;
  change.reserved_delta = done.record.reserved - before.reserved;
  change.after = done.record;
  change.hold = done.hold;
  change.from = ask.from;
  change.type = ask.from.what == action::adjust    ? event_type::stock_adjusted
                : ask.from.what == action::reserve ? event_type::stock_reserved
                : ask.from.what == action::commit  ? event_type::stock_committed
                                                   : event_type::stock_released;
  told_.journal.push_back(std::move(change));
}

} // namespace

tiny_history make_tiny_history(std::mt19937_64& random, std::size_t calls_max) {
  return tiny_world{random, calls_max}.run();
}

} // namespace holdfast::test
