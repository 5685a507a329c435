// Bounds of the numbers in a question.
#include "src/checker/model.hpp"

namespace holdfast::checker {

namespace {

/// Of one command.
constexpr std::int64_t most_at_once = 1'000'000'000;
constexpr std::int64_t longest_s = 14'400;

bool is_amount(std::int64_t value) {
  return value >= 1 && value <= most_at_once;
}

} // namespace

bool may_be_asked(const command& ask) {
  if (ask.ttl_s != absent && (ask.ttl_s < 1 || ask.ttl_s > longest_s))
    return false;
  switch (ask.from.what) {
  case action::adjust:
    return is_amount(ask.amount)
           || (ask.amount >= -most_at_once && ask.amount <= -1);
  case action::reserve:
    return is_amount(ask.amount);
  case action::release:
  case action::commit:
    return ask.amount == absent || is_amount(ask.amount);
  case action::count:
    return ask.on_hand != absent || ask.safety_stock != absent
           || ask.backorder_limit != absent;
  case action::extend:
  case action::read:
  case action::read_reservation:
    break;
  }
  return true;
}

} // namespace holdfast::checker
