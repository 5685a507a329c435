#include "actors/journal_step.hpp"

#include "actors/letter_step.hpp"

namespace holdfast {

namespace {

void append(journal& log, operation& op) {
  log.append(op.change, op.ask.from);
  if (is_keyed_write(op))
    op.slot = {op.change.seq, false};
}

void remember(journal& log, operation& op) {
  remembered_answer row;
  row.from = op.ask.from;
  row.ref = op.ask.reservation;
  row.at_ms = op.at_ms;
  row.answer = *op.answer;
  log.remember(row);
  op.slot = {row.number, true};
}

void judge(journal& log, operation& op) {
  const auto record_now = op.answer->record;
  const auto closing = log.closing_event(op.ask.reservation.grant_seq);
  op.answer = closing ? judge_closed(op.ask, *closing)
                      : refusal(error_code::reservation_not_found);
  if (!op.answer->ok())
    return;
  op.answer->has_record = true;
  op.answer->record = record_now;
}

/// A read has no time of its own.
void answer_read(journal& log, operation& op, const stock& durable) {
  auto verdict = decide(durable, op.ask, {});
  if (auto* answer = std::get_if<outcome>(&verdict)) {
    op.answer = std::move(*answer);
  } else {
    op.answer.emplace().record = durable.now;
    judge(log, op);
  }
}

void replay(journal& log, operation& op) {
  const auto& asked = op.ask.from;
  const auto finish = [&](const origin& first, outcome&& answer) {
    if (first.fingerprint != asked.fingerprint) {
      op.answer = refusal(error_code::idempotency_mismatch);
      return;
    }
    op.answer = std::move(answer);
    op.answer->replayed = true;
  };
  if (op.slot.in_answers) {
    if (auto row = log.answer_at(op.slot.number)) {
      finish(row->from, std::move(row->answer));
      return;
    }
  } else if (auto row = log.event_at(op.slot.number)) {
    finish(row->from, outcome_of(*row));
    return;
  }
  throw journal_error{journal_error::kind::corrupt,
                      "the row of a remembered key is missing"};
}

} // namespace

bool writes(const operation& op) {
  return op.todo == errand::append || op.todo == errand::remember
         || op.todo == errand::give_up || !op.expired.empty() || op.snapshot
         || writes_letter(op)
         || (op.todo == errand::closed && is_keyed_write(op));
}

void record(journal& log, operation& op) {
  for (auto& change : op.expired)
    log.append(change);
  if (op.todo == errand::append) {
    append(log, op);
  } else if (op.todo == errand::remember) {
    remember(log, op);
  } else if (op.todo == errand::closed) {
    judge(log, op);
    if (is_keyed_write(op))
      remember(log, op);
  } else {
    record_letter(log, op);
  }
  if (op.snapshot)
    log.snapshot(op.ask.from.store, op.ask.from.sku, *op.snapshot);
  if (op.todo == errand::give_up)
    log.shared()->give_up(op.ask.from.store, op.ask.from.sku, op.life->token,
                          op.at_ms);
}

void complete(journal& log, operation& op) {
  switch (op.todo) {
  case errand::replay:
    replay(log, op);
    break;
  case errand::feed:
    op.feed->page = log.scan(op.feed->after, op.feed->limit, op.feed->filter);
    break;
  case errand::look:
    // Another process may have yet to record what expired.
    answer_read(log, op,
                log.load(op.ask.from.store, op.ask.from.sku, op.at_ms).state);
    break;
  case errand::bury:
    if (op.slot != answer_slot{}) {
      replay(log, op);
      break;
    }
    [[fallthrough]];
  case errand::list_letters:
  case errand::find_letter:
  case errand::drop_letter:
    complete_letter(log, op);
    break;
  case errand::none:
  case errand::append:
  case errand::retry_letter:
  case errand::barrier:
  case errand::remember:
  case errand::closed:
  case errand::give_up:
    break;
  }
}

void answer_without_writing(journal& log, operation& op, std::int64_t now_ms) {
  const auto& from = op.ask.from;
  op.answer = refusal(op.life ? op.life->doom.load(std::memory_order_relaxed)
                              : error_code::read_only);
  if (op.todo == errand::feed || op.todo == errand::replay
      || op.todo == errand::list_letters || op.todo == errand::find_letter) {
    op.answer.reset();
    complete(log, op);
    return;
  }
  if (is_write(from.what) || writes_letter(op) || !op.reply_to)
    return;
  const auto durable = log.load(from.store, from.sku, now_ms).state;
  const auto is_shared = op.life && op.life->token != 0;
  if (is_shared || due_expiries(durable, from, now_ms).empty())
    answer_read(log, op, durable);
}

bool is_void(const operation& op) {
  return op.life && op.life->is_doomed();
}

void doom(const operations& items, error_code why) {
  for (const auto& op : items)
    if (op->life && !op->life->is_doomed())
      op->life->doom.store(why, std::memory_order_relaxed);
}

} // namespace holdfast
