#include "few_rows.hpp"

namespace holdfast::storage::testing {

event delivery(const stock& now, const sku_name& name, std::int64_t delta,
               std::int64_t at_ms, const std::string& key) {
  event change;
  change.type = event_type::stock_adjusted;
  change.delta = delta;
  change.after = now.now;
  change.after.on_hand += delta;
  ++change.after.version;
  change.after.updated_at_ms = at_ms;
  change.from.what = action::adjust;
  change.from.store = name.first;
  change.from.sku = name.second;
  change.from.key = key;
  return change;
}

event append(journal& into, stock& state, event change) {
  into.append(change);
  apply(state, change);
  return change;
}

void deliver(journal& into, stock& state) {
  into.begin();
  append(into, state, delivery(state, tea, 1, 1'000));
  into.commit();
}

remembered_answer refused(const sku_name& name, std::int64_t at_ms,
                          const std::string& key) {
  remembered_answer answer;
  answer.from.what = action::reserve;
  answer.from.store = name.first;
  answer.from.sku = name.second;
  answer.from.key = key;
  answer.at_ms = at_ms;
  answer.answer = refusal(error_code::insufficient_stock);
  return answer;
}

} // namespace holdfast::storage::testing
