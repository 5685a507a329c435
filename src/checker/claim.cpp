#include "src/checker/claim.hpp"

namespace holdfast::checker {

claim claim_of(const request& of, const event& change) {
  auto made = claim::none;
  for (const auto* call : of.tries) {
    if (!fits(change, call->ask))
      continue;
    if (call->known && call->answer.ok()
        && call->answer.record.version == change.after.version)
      return claim::told;
    made = of.events.empty() ? claim::open : claim::again;
  }
  return made;
}

} // namespace holdfast::checker
