#include "actors/letter_step.hpp"

#include <algorithm>
#include <utility>

#include "actors/journal_step.hpp"

namespace holdfast {

namespace {

/// The answer that a key got although handling it threw now.
answer_slot slot_of_key(journal& log, const operation& op) {
  const auto& from = op.ask.from;
  if (from.key.empty())
    return {};
  const auto hash = hash_key(from, op.ask.reservation);
  const auto known = log.load(from.store, from.sku, op.letter->keys_since_ms);
  for (const auto& each : known.keys)
    if (each.hash == hash)
      return each.slot;
  return {};
}

/// A retry whose letter is gone: another try settled it, or it was deleted.
bool is_overtaken(const journal& log, const operation& op) {
  const auto id = op.letter->id;
  return id != 0 && log.letter_of(op.ask.from, op.ask.reservation) != id;
}

/// What was overtaken must not become another letter: its key may be forgotten
/// by then, and the command of that letter would be applied again.
void bury(journal& log, operation& op) {
  op.slot = slot_of_key(log, op);
  if (op.slot != answer_slot{})
    return;
  auto& part = *op.letter;
  if (is_overtaken(log, op))
    return;
  dead_letter letter;
  letter.ask = op.ask;
  letter.cause = part.cause;
  letter.attempts = op.attempts + 1;
  letter.first_ms = part.first_ms;
  letter.last_ms = op.at_ms;
  part.is_kept = log.bury(letter);
  part.id = letter.id;
}

void drop(journal& log, operation& op) {
  auto& part = *op.letter;
  part.found.clear();
  auto letter = log.letter_at(part.id);
  if (!letter)
    return;
  log.remove_letter(part.id);
  part.found.push_back(std::move(*letter));
}

/// True if `op` writes what a command came to.
bool carries_out(const operation& op) noexcept {
  return op.todo == errand::append || op.todo == errand::remember
         || op.todo == errand::closed;
}

void look_up(journal& log, operation& op) {
  auto& part = *op.letter;
  if (auto letter = log.letter_at(part.id))
    part.found.push_back(std::move(*letter));
}

} // namespace

bool writes_letter(const operation& op) noexcept {
  return op.todo == errand::bury || op.todo == errand::drop_letter;
}

bool is_about_letters(errand what) noexcept {
  return what == errand::list_letters || what == errand::find_letter
         || what == errand::drop_letter || what == errand::retry_letter;
}

void record_letter(journal& log, operation& op) {
  if (op.todo == errand::bury)
    bury(log, op);
  else if (op.todo == errand::drop_letter)
    drop(log, op);
}

void complete_letter(journal& log, operation& op) {
  auto& part = *op.letter;
  if (op.todo == errand::bury) {
    const auto is_gone = part.id != 0 && !part.is_kept;
    op.answer = refusal(is_gone ? error_code::dead_letter_not_found
                                : error_code::internal);
    return;
  }
  if (op.todo == errand::list_letters) {
    part.found = log.letters(part.after, part.limit + 1);
    part.has_more = part.found.size() > part.limit;
    if (part.has_more)
      part.found.pop_back();
    return;
  }
  if (op.todo == errand::find_letter)
    look_up(log, op);
  if (part.found.empty())
    op.answer = refusal(error_code::dead_letter_not_found);
}

void doom_stale_retries(const journal& log, const operations& items) {
  std::vector<std::uint64_t> dropped;
  for (const auto& op : items) {
    if (!op->letter || op->letter->id == 0)
      continue;
    const auto id = op->letter->id;
    if (op->todo == errand::drop_letter)
      dropped.push_back(id);
    else if (carries_out(*op)
             && (log.letter_of(op->ask.from, op->ask.reservation) != id
                 || std::find(dropped.begin(), dropped.end(), id)
                        != dropped.end()))
      doom({op});
  }
}

std::uint64_t settle_letter(journal& log, const operation& op) {
  const auto is_done =
      carries_out(op) && (op.todo == errand::append || is_ok(op));
  if (!is_write(op.ask.from.what) || !is_done)
    return 0;
  const auto id = log.letter_of(op.ask.from, op.ask.reservation);
  return id != 0 && log.remove_letter(id) ? 1 : 0;
}

} // namespace holdfast
