#include "holdfast/outcome.hpp"

namespace holdfast {

outcome outcome_of(const stock_change& change) {
  outcome result;
  // The contract calls a record created only where a count made it: the first
  // adjust answers 200 like every other.
  result.created =
      change.type == event_type::stock_counted && change.after.version == 1;
  result.has_record = true;
  result.record = change.after;
  if (change.has_hold()) {
    result.has_hold = true;
    result.hold = change.hold;
  }
  return result;
}

outcome refusal(error_code code) {
  outcome result;
  result.code = code;
  return result;
}

} // namespace holdfast
