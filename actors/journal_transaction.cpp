// Everything that is decided, in one transaction.
#include <algorithm>

#include "actors/journal_step.hpp"
#include "actors/letter_step.hpp"

namespace holdfast {

bool need_transaction(const operations& items) {
  return std::any_of(items.begin(), items.end(), [](auto& op) {
    return !is_void(*op) && (writes(*op) || op->todo == errand::closed);
  });
}

transaction record_all(journal& log, const operations& items,
                       const operation::now_function& now) {
  transaction done;
  for (const auto& op : items) {
    if (is_void(*op))
      continue;
    record(log, *op);
    done.letters_settled += settle_letter(log, *op);
    ++done.operations;
    done.events += op->expired.size() + (op->todo == errand::append ? 1 : 0);
  }
  done.written_at = now();
  log.commit();
  return done;
}

std::optional<transaction> transact(journal& log, const operations& items,
                                    const operation::now_function& now) {
  if (!need_transaction(items))
    return std::nullopt;
  doom_stale_retries(log, items);
  log.begin();
  return record_all(log, items, now);
}

} // namespace holdfast
