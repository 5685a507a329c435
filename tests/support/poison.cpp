#include "tests/support/poison.hpp"

#include <algorithm>
#include <stdexcept>

#include "holdfast/rules.hpp"

#define DECIDE                                                                 \
  "_ZN8holdfast6decideERKNS_5stockERKNS_7commandERKNS_13circumstancesE"
#define DUE_EXPIRIES "_ZN8holdfast12due_expiriesERKNS_5stockERKNS_6originEl"

namespace holdfast {

decision real_decide(const stock& now, const command& cmd,
                     const circumstances& at) asm("__real_" DECIDE);
decision decide_or_throw(const stock& now, const command& cmd,
                         const circumstances& at) asm("__wrap_" DECIDE);
std::vector<event>
real_expiries(const stock& now, const origin& of,
              std::int64_t now_ms) asm("__real_" DUE_EXPIRIES);
std::vector<event>
expiries_or_throw(const stock& now, const origin& of,
                  std::int64_t now_ms) asm("__wrap_" DUE_EXPIRIES);

std::atomic<bool> test::is_cured{false};

decision decide_or_throw(const stock& now, const command& cmd,
                         const circumstances& at) {
  if (cmd.from.reason == test::poison && !test::is_cured)
    throw std::out_of_range{"a planted defect"};
  return real_decide(now, cmd, at);
}

std::vector<event> expiries_or_throw(const stock& now, const origin& of,
                                     std::int64_t now_ms) {
  static std::atomic<bool> is_next{true};
  auto due = real_expiries(now, of, now_ms);
  const auto is_bad = [](const event& each) {
    return each.hold.reference == test::poison;
  };
  if (std::any_of(due.begin(), due.end(), is_bad) && is_next.exchange(false))
    throw std::out_of_range{"a planted defect of a timer"};
  return due;
}

} // namespace holdfast
