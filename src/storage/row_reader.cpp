#include "row_reader.hpp"

#include <algorithm>

#include "corrupt.hpp"
#include "holdfast/limits.hpp"

namespace holdfast::storage {

namespace {

bool wanted(const row_view& row, const event_filter& filter) {
  return (filter.store.empty() || filter.store == row.store)
         && (filter.sku.empty() || filter.sku == row.sku);
}

} // namespace

row_view row_of(statement& from) {
  return {from.number(0), from.bytes(1), from.bytes(2), from.bytes(3)};
}

batch_row batch_of(statement& from) {
  batch_row batch;
  batch.end.batch = from.number(0);
  batch.first_seq = from.number(1);
  batch.end.last_seq = from.number(2);
  batch.first_answer = from.number(3);
  batch.end.last_answer = from.number(4);
  const auto hash = from.bytes(5);
  if (hash.size() != batch.end.hash.size())
    corrupt("batch " + std::to_string(batch.end.batch)
            + " has a hash of a wrong size");
  std::copy(hash.begin(), hash.end(), batch.end.hash.begin());
  return batch;
}

row_reader::row_reader(database& in, const batch_buffer* fresh)
    : fresh_(fresh),
      event_(in, "SELECT seq, store, sku, body FROM events WHERE seq = ?1"),
      answer_(in,
              "SELECT number, store, sku, body FROM answers WHERE number = ?1"),
      events_after_(in, "SELECT seq, store, sku, body FROM events"
                        " WHERE seq > ?1 ORDER BY seq"),
      answers_after_(in, "SELECT number, store, sku, body FROM answers"
                         " WHERE number > ?1 ORDER BY number"),
      batch_(in, std::string("SELECT ") + batch_columns
                     + " FROM batches WHERE id <= ?1"
                       " ORDER BY id DESC LIMIT 1") {
  // nop
}

event row_reader::read_event(const row_view& row) {
  const auto body = checked_body(row_kind::event, row, scratch_);
  return decode_event(row.number, row.store, row.sku, body);
}

stored_answer row_reader::read_answer(const row_view& row) {
  const auto body = checked_body(row_kind::answer, row, scratch_);
  return decode_answer(row.number, row.store, row.sku, body);
}

std::optional<row_view> row_reader::fresh_event(std::uint64_t seq) const {
  return fresh_ != nullptr ? fresh_->event_row(seq) : std::nullopt;
}

std::optional<event> row_reader::event_at(std::uint64_t seq) {
  if (const auto row = fresh_event(seq))
    return read_event(*row);
  const rewind_at_end rewind(event_);
  event_.bind(1, seq);
  if (!event_.step())
    return std::nullopt;
  return read_event(row_of(event_));
}

std::optional<stored_answer> row_reader::answer_at(std::uint64_t number) {
  if (fresh_ != nullptr)
    if (const auto row = fresh_->answer_row(number))
      return read_answer(*row);
  const rewind_at_end rewind(answer_);
  answer_.bind(1, number);
  if (!answer_.step())
    return std::nullopt;
  return read_answer(row_of(answer_));
}

event row_reader::must_event(std::uint64_t seq) {
  auto found = event_at(seq);
  if (!found)
    corrupt("event " + std::to_string(seq) + " is missing");
  return std::move(*found);
}

stored_answer row_reader::must_answer(std::uint64_t number) {
  auto found = answer_at(number);
  if (!found)
    corrupt("answer " + std::to_string(number) + " is missing");
  return std::move(*found);
}

event row_reader::must_close(std::uint64_t seq, std::uint64_t grant_seq) {
  auto closing = must_event(seq);
  if (!closes_hold(closing) || closing.hold.ref.grant_seq != grant_seq)
    corrupt("event " + std::to_string(seq) + " did not close what event "
            + std::to_string(grant_seq) + " granted");
  return closing;
}

event_page row_reader::scan(std::uint64_t after, std::size_t limit,
                            const event_filter& filter,
                            std::uint64_t last_seq) {
  event_page page;
  page.last_seq = after;
  const rewind_at_end rewind(events_after_);
  events_after_.bind(1, after);
  const auto end = std::min(last_seq, after + limits::page_rows_max);
  while (page.last_seq < end && page.events.size() < limit) {
    const auto seq = page.last_seq + 1;
    auto row = fresh_event(seq);
    if (!row) {
      if (!events_after_.step() || events_after_.number(0) != seq)
        corrupt("event " + std::to_string(seq) + " is missing");
      row = row_of(events_after_);
    }
    page.last_seq = seq;
    const bool is_wanted = wanted(*row, filter);
    if (!is_wanted && seq != end)
      continue;
    auto change = read_event(*row);
    page.last_ms = change.after.updated_at_ms;
    if (is_wanted)
      page.events.push_back(std::move(change));
  }
  page.is_last = page.last_seq >= last_seq;
  return page;
}

std::optional<batch_row> row_reader::batch_at_most(std::uint64_t id_max) {
  const rewind_at_end rewind(batch_);
  batch_.bind(1, id_max);
  if (!batch_.step())
    return std::nullopt;
  return batch_of(batch_);
}

digest row_reader::rehash(const batch_row& batch, const digest& before,
                          sha256& with) {
  batch_buffer rows;
  const auto add = [&rows](row_kind kind, statement& from, std::uint64_t first,
                           std::uint64_t last) {
    const rewind_at_end rewind(from);
    from.bind(1, first - 1);
    for (auto number = first; number <= last; ++number) {
      if (!from.step() || from.number(0) != number)
        corrupt(std::string(kind == row_kind::event ? "event " : "answer ")
                + std::to_string(number) + " is missing");
      rows.add_stored(kind, row_of(from));
    }
  };
  add(row_kind::event, events_after_, batch.first_seq, batch.end.last_seq);
  add(row_kind::answer, answers_after_, batch.first_answer,
      batch.end.last_answer);
  return rows.hash(with, before, batch);
}

} // namespace holdfast::storage
