// The end of a simulation: everybody recovers, and is asked.
#include "tests/sharing/sharing.hpp"

namespace holdfast::test {

namespace {

constexpr auto inspector = std::uint32_t{1'000};
/// Until somebody records that a hold has ended.
constexpr std::int64_t expiry_patience_ms = 2'500;

using hold_name = std::pair<std::string, std::uint64_t>;

std::map<hold_name, reservation>
last_of_holds(const std::vector<event>& events) {
  std::map<hold_name, reservation> last;
  for (const auto& change : events)
    if (change.has_hold())
      last[{change.from.sku, change.hold.ref.grant_version}] = change.hold;
  return last;
}

} // namespace

story sharing::run() {
  const auto steps = 300 + below(2'500);
  for (std::uint64_t i = 0; i < steps; ++i)
    step();
  come_to_rest();
  settle_unknown();
  std::vector<checker::final_record> finals;
  for (int i = 0; i < buyers::sku_count; ++i) {
    command ask;
    ask.from.what = action::read;
    ask.from.store = "store-1";
    ask.from.sku = buyers::sku_name(i);
    if (const auto answer = settle(ask))
      finals.push_back({ask.from.store, ask.from.sku, answer->record});
  }
  const auto events = journal();
  told_.calls = calls_.size();
  told_.events = events.size();
  for (const auto& each : processes_)
    add_up(each);
  told_.complaints += checker::describe(checker::check(
      calls_, events, finals, {with_.reservation_ttl_s, with_.idemp_ttl_ms}));
  told_.complaints += judge_leases(events);
  return std::move(told_);
}

void sharing::come_to_rest() {
  at_.sharing->keep_busy(0);
  at_.disk->heal();
  for (auto& each : processes_)
    each.is_stopped = false;
  for (int i = 0; i < 5; ++i) {
    wait(2'000);
    for (auto& each : processes_)
      each.node->run();
  }
  if (!flights_.empty())
    complain("somebody has no answer");
  for (const auto& [of, hold] : last_of_holds(journal()))
    if (hold.state == reservation_state::active
        && hold.expires_at_ms + expiry_patience_ms < at_.time->ms)
      complain("a hold of " + of.first + " does not end");
  for (const auto& each : processes_)
    if (!each.node->fatal.empty())
      complain("a process failed: " + each.node->fatal);
}

/// Asks until there is an answer that means something, as a client does.
std::optional<outcome> sharing::settle(const command& ask) {
  for (int i = 0; i < 20; ++i) {
    const auto ticket = submit(inspector, ask);
    for (auto& each : processes_)
      each.node->run();
    if (flights_.contains(ticket))
      break;
    const auto& answer = calls_[ticket].answer;
    if (answer.ok() || is_business_refusal(answer.code))
      return answer;
    if (answer.code != error_code::lease_held)
      break;
    wait(1'000);
    for (auto& each : processes_)
      each.node->run();
  }
  complain("a healthy process refuses: "
           + std::string{to_string(calls_.back().answer.code)});
  return std::nullopt;
}

void sharing::settle_unknown() {
  const auto asked = calls_.size();
  for (std::size_t i = 0; i < asked; ++i) {
    const auto ask = calls_[i].ask;
    if (!calls_[i].known && !ask.from.key.empty())
      settle(ask);
  }
}

void sharing::add_up(const process& one) {
  const auto& counts = one.node->mediators->leases;
  told_.stolen += counts.stolen;
  told_.lost += counts.lost;
  told_.handed_over += counts.handed_over;
}

std::vector<event> sharing::journal() const {
  storage::memory_journal log{at_.disk};
  std::vector<event> all;
  for (;;) {
    auto page = log.scan(all.size(), 1'000, {});
    if (page.events.empty())
      return all;
    for (auto& change : page.events)
      all.push_back(std::move(change));
  }
}

/// Item 8: each event by its token, which had to be the newest of its SKU.
std::string sharing::judge_leases(const std::vector<event>& events) const {
  const auto& known = at_.sharing->history();
  std::vector<checker::authority> owners;
  std::vector<checker::tenure> tenures;
  for (const auto& [seq, token] : known.authors)
    owners.push_back({seq, known.tenures.at(token - 1).owner, token});
  for (const auto& each : known.tenures)
    tenures.push_back(
        {each.store, each.sku, each.owner, each.token, each.after_seq});
  auto found =
      checker::describe(checker::check_owners(events, owners, tenures));
  if (owners.size() != events.size())
    found += "item 8: an event without a token\n";
  return found;
}

} // namespace holdfast::test
