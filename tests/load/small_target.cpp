#include "tests/load/small_target.hpp"

#include <algorithm>
#include <thread>

namespace holdfast::test {

namespace {

/// Where the lie is told.
constexpr std::uint64_t unlucky = 50;
constexpr std::int64_t start_ms = 1'000;

class small_transport final : public cli::transport {
public:
  explicit small_transport(small_target& to) : to_(to) {
    // nop
  }

  void send(std::uint32_t, std::uint64_t ticket, command&& ask) override {
    cli::reply made{ticket, cli::fate::answered, {}};
    made.is = to_.ask(std::move(ask), made.answer);
    ready_.push_back(std::move(made));
    if (wakes_ == clock::time_point{})
      wakes_ = clock::now() + std::chrono::seconds{2};
  }
  void flush() override {
    // nothing waits
  }
  void receive(clock::time_point until,
               std::vector<cli::reply>& into) override {
    if (to_.is() == lie::still && clock::now() < wakes_) {
      std::this_thread::sleep_until(std::min(until, wakes_));
      return;
    }
    if (to_.is_gone())
      throw cli::load_failure{"it is gone"};
    for (auto& each : ready_)
      into.push_back(std::move(each));
    ready_.clear();
    if (to_.is() == lie::slow)
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    std::this_thread::yield();
  }
  cli::fate abandon(std::uint32_t) override {
    // nothing comes late
    return cli::fate::unknown;
  }

private:
  small_target& to_;
  std::vector<cli::reply> ready_;
  clock::time_point wakes_;
};

event_type type_of(action what) {
  return what == action::adjust    ? event_type::stock_adjusted
         : what == action::reserve ? event_type::stock_reserved
         : what == action::commit  ? event_type::stock_committed
         : what == action::release ? event_type::stock_released
                                   : event_type::reservation_extended;
}

} // namespace

cli::transport_ptr small_target::connect(std::uint32_t) {
  return std::make_unique<small_transport>(*this);
}

std::optional<cli::batch_counts> small_target::batches() const {
  if (lie_ == lie::slow_batches)
    std::this_thread::sleep_for(std::chrono::milliseconds{500});
  if (lie_ != lie::restarted)
    return std::nullopt;
  const auto each = 60 / ++lives_;
  return cli::batch_counts{{batch_bounds, {each, each}, 3 * each}, 1.0};
}

cli::fate small_target::ask(command&& what, outcome& said) {
  const std::lock_guard guard{mutex_};
  ++asked_;
  if (lie_ == lie::away && asked_ % 2 == 0)
    return cli::fate::unreached;
  if (lie_ == lie::full && what.from.what == action::adjust) {
    said = refusal(error_code::limit_exceeded);
    return cli::fate::answered;
  }
  if (lie_ == lie::busy && asked_ % 2 == 0) {
    said = refusal(asked_ % 4 == 0 ? error_code::overloaded
                                   : error_code::read_only);
    return cli::fate::answered;
  }
  said = is_known(what.from.key) ? keys_[what.from.key] : decide(what);
  if (is_write(what.from.what))
    keys_[what.from.key] = said;
  if (lie_ == lie::wrong_balance && asked_ == unlucky)
    ++said.record.on_hand;
  if (lie_ == lie::wrong_available && said.has_record)
    said.available = said.record.available() + (asked_ == unlucky ? 1 : 0);
  if (lie_ == lie::wrong_last_look && what.from.what == action::read)
    said.available = said.record.available() + 1;
  return loses_answers() && asked_ % 100 == 0 ? cli::fate::unknown
                                              : cli::fate::answered;
}

/// As true as that of the clients, unless it is what keys are forgotten by.
std::int64_t small_target::now_ms() const {
  if (lie_ == lie::forgetful)
    return start_ms + static_cast<std::int64_t>(2 * asked_);
  const auto passed = std::chrono::steady_clock::now() - start_;
  return start_ms
         + std::chrono::duration_cast<std::chrono::milliseconds>(passed)
               .count();
}

outcome small_target::decide(const command& what) {
  auto& state = skus_.try_emplace(what.from.sku, 900).first->second;
  const auto at_ms = now_ms();
  if (lie_ != lie::late_expiry)
    expire(state, what.from, at_ms);
  auto said = state.judge(what, at_ms);
  if (!said.ok() || said.record.version == state.record().version)
    return said;
  if (what.from.what == action::reserve)
    said.hold.ref.grant_seq = log_.size() + 1;
  write(state, said, what.from).type = type_of(what.from.what);
  state.apply(log_.back());
  return said;
}

void small_target::expire(checker::model& state, const origin& of,
                          std::int64_t now_ms) {
  while (!state.due().empty() && state.due().begin()->first <= now_ms) {
    reservation_ref ref;
    ref.grant_version = state.due().begin()->second;
    for (const auto& each : log_)
      if (each.from.sku == of.sku && each.after.version == ref.grant_version)
        ref.grant_seq = each.seq;
    auto done = state.expire(ref, now_ms);
    done.hold.ref = ref;
    origin nobody;
    nobody.store = of.store;
    nobody.sku = of.sku;
    write(state, done, nobody).type = event_type::reservation_expired;
    state.apply(log_.back());
  }
}

event& small_target::write(checker::model& state, const outcome& done,
                           const origin& by) {
  const auto& before = state.record();
  event change;
  change.seq = log_.size() + 1;
  change.delta = done.record.on_hand - before.on_hand;
  change.reserved_delta = done.record.reserved - before.reserved;
  change.after = done.record;
  change.hold = done.hold;
  change.from = by;
  return log_.emplace_back(std::move(change));
}

bool small_target::read_central(const view_listener& tell) {
  if (lie_ == lie::no_view)
    return false;
  std::map<std::string, checker::final_record> all;
  for (const auto& each : log_)
    all[each.from.sku] = {each.from.store, each.from.sku, each.after};
  if (lie_ == lie::counted_twice)
    all.begin()->second.record.on_hand += log_.front().delta;
  if (lie_ == lie::not_counted)
    all.erase(all.begin());
  for (const auto& [sku, each] : all)
    tell({sku,
          each.record.on_hand,
          each.record.reserved,
          each.record.available(),
          {each}});
  return true;
}

void small_target::read_events(const listener& tell) {
  for (const auto& change : log_) {
    if (lie_ == lie::event_lost && change.seq == unlucky)
      continue;
    const auto is_odd = lie_ == lie::odd_event && change.seq == unlucky;
    tell("n1", event{change}, change.after.available() + (is_odd ? 1 : 0));
    if (lie_ == lie::stranger && change.seq == log_.size()) {
      auto other = change;
      ++other.seq;
      auto& sku = other.from.sku;
      sku = sku.substr(0, sku.find('-') + 1) + "999";
      tell("n1", std::move(other), absent);
    }
    if (lie_ == lie::event_doubled && change.seq == unlucky)
      tell("n1", event{change}, absent);
  }
}

} // namespace holdfast::test
