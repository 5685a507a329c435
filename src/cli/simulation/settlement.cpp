// What is open at the end of a simulation.
#include "src/cli/simulation/enactment.hpp"
#include "src/cli/simulation/narrator.hpp"

namespace holdfast::simulation {

namespace {

/// Asks once everything has come to rest; no client has this number.
constexpr std::uint32_t inspector = 1'000;

} // namespace

/// With its key, of whoever asked for it.
void enactment::settle_unknown() {
  const auto asked = calls_.size();
  for (std::size_t i = 0; i < asked; ++i) {
    const auto ask = calls_[i].ask;
    // Under a key that was made for it only a letter is tried.
    if (!calls_[i].known && !ask.from.key.empty()
        && !ask.from.key.starts_with("dead-letter-"))
      settle(any(), ask);
  }
}

/// Nothing throws any more: each letter is tried again, or deleted.
void enactment::settle_letters() {
  for (auto& at : living()) {
    auto& letters = at.letters;
    const auto list = [&] {
      return ask_about(at, errand::list_letters);
    };
    settle(list);
    letters.left = letters.last_list;
    for (const auto& each : letters.left)
      settle([&, what = dice_.chance(80) ? errand::retry_letter
                                         : errand::drop_letter] {
        return ask_about(at, what, each.id);
      });
    settle(list);
    letters.rest = letters.last_list;
    auto told = letters.listed;
    told.insert(letters.buried.begin(), letters.buried.end());
    verdict_.letters += told.size();
  }
}

std::optional<outcome> enactment::settle(machine& at, const command& ask) {
  return settle([&] { return submit(at, inspector, ask); });
}

/// Asks until there is an answer that means something.
std::optional<outcome>
enactment::settle(const std::function<std::size_t()>& ask) {
  for (int i = 0; i < 5; ++i) {
    const auto ticket = ask();
    flush();
    run_dry();
    if (flights_.contains(ticket)) {
      complain(0, "nobody answers call " + std::to_string(ticket));
      return std::nullopt;
    }
    const auto& answer = calls_[ticket].answer;
    if (answer.ok() || is_business_refusal(answer.code)
        || answer.code == error_code::idempotency_mismatch
        || answer.code == error_code::store_not_found
        || answer.code == error_code::dead_letter_not_found)
      return answer;
    if (answer.code != error_code::circuit_open
        && answer.code != error_code::deadline_exceeded)
      break;
    wait(plan_.with.breaker_cooldown_ms);
    run_dry();
  }
  complain(0, "a healthy node refuses: " + tell(calls_.back().answer));
  return std::nullopt;
}

} // namespace holdfast::simulation
