// How a simulation ends: everything heals, and every question is answered.
#include "src/cli/simulation/enactment.hpp"

#include "holdfast/limits.hpp"
#include "src/cli/simulation/narrator.hpp"
#include "src/storage/read_only.hpp"
#include "src/storage/verify.hpp"

namespace holdfast::simulation {

namespace {

using store_pointer = store_actor::stateful_pointer<store_state>;

/// Asks once everything has come to rest; no client has this number.
constexpr std::uint32_t inspector = 1'000;

} // namespace

void enactment::come_to_rest() {
  say("rest");
  disk_->heal();
  flush();
  node_->run();
  // The journal may be waiting for callers to return.
  wait(1'000);
  node_->run();
  give_up_overdue();
  node_->run();
  check_all_answered();
  check_unknown_sku();
  wait(limits::request_deadline.count());
  give_up_overdue();
  node_->run();
  if (!node_->fatal.empty() || dice_.chance(30))
    restart();
  disk_->heal();
}

/// Where no actor was killed, no operation may be left behind.
void enactment::check_all_answered() {
  for (const auto& [ticket, each] : flights_)
    if (each.may_be_lost)
      return; // and with it those that wait for its permit
  for (const auto& [ticket, each] : flights_)
    complain(0, "call " + std::to_string(ticket) + " was never answered");
}

/// Whoever asks for what does not exist must not be able to keep actors alive.
void enactment::check_unknown_sku() {
  if (!node_->fatal.empty())
    return; // its journal could not tell
  for (const auto& store : node_->actors.stores)
    if (caf::actor_cast<store_pointer>(store)->state.children.contains(
            unknown_sku))
      complain(0, "a SKU that does not exist kept an actor");
}

void enactment::settle_unknown() {
  const auto asked = calls_.size();
  for (std::size_t i = 0; i < asked; ++i) {
    const auto ask = calls_[i].ask;
    if (!calls_[i].known && !ask.from.key.empty())
      settle(ask);
  }
}

/// What nobody uses any more must not cost an actor.
void enactment::retire_all() {
  if (dice_.chance(50))
    return;
  const auto long_ms = std::max<std::int64_t>(
      plan_.with.idemp_ttl_ms, 60'000 + 1'000 * plan_.with.reservation_ttl_s);
  for (int i = 0; i < 5; ++i) {
    wait(long_ms * 5 / 4);
    node_->run();
  }
  for (const auto& store : node_->actors.stores)
    if (!caf::actor_cast<store_pointer>(store)->state.children.empty())
      complain(0, "an idle SKU kept its actor");
}

void enactment::read_all(std::vector<checker::final_record>& finals) {
  for (const auto& store : plan_.with.stores)
    for (const auto& sku : plan_.skus) {
      command ask;
      ask.from.what = action::read;
      ask.from.store = store;
      ask.from.sku = sku;
      if (const auto answer = settle(ask))
        finals.push_back({store, sku, answer->record});
    }
}

/// Asks until there is an answer that means something.
std::optional<outcome> enactment::settle(const command& ask) {
  for (int i = 0; i < 5; ++i) {
    const auto ticket = submit(inspector, ask);
    flush();
    node_->run();
    if (flights_.contains(ticket)) {
      complain(0, "nobody answers call " + std::to_string(ticket));
      return std::nullopt;
    }
    const auto& answer = calls_[ticket].answer;
    if (answer.ok() || is_business_refusal(answer.code)
        || answer.code == error_code::idempotency_mismatch
        || answer.code == error_code::store_not_found)
      return answer;
    if (answer.code != error_code::circuit_open
        && answer.code != error_code::deadline_exceeded)
      break;
    wait(plan_.with.breaker_cooldown_ms);
    node_->run();
  }
  complain(0, "a healthy node refuses: " + tell(calls_.back().answer));
  return std::nullopt;
}

std::vector<event> enactment::journal() const {
  storage::event_reader log{data_dir, *disk_};
  const auto end = log.last_seq();
  std::vector<event> all;
  for (std::uint64_t after = 0; after < end;) {
    auto page = log.scan(after, limits::page_max, {});
    after = page.last_seq;
    for (auto& change : page.events)
      all.push_back(std::move(change));
  }
  return all;
}

void enactment::judge(const std::vector<checker::final_record>& finals) {
  const auto events = journal();
  for (const auto& change : events)
    say("journal " + tell(change));
  verdict_.events = events.size();
  complain(
      checker::check(calls_, events, finals,
                     {plan_.with.reservation_ttl_s, plan_.with.idemp_ttl_ms}));
  if (const auto found = storage::verify_journal(data_dir, *disk_); !found.ok())
    complain(4, "verify after event " + std::to_string(found.fault->seq) + ": "
                    + found.fault->what);
}

} // namespace holdfast::simulation
