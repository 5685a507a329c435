#include "next_rows.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "sku_loader.hpp"

namespace holdfast::storage {

namespace {

/// The number after `last`. Throws `journal_error::full` if nothing could keep
/// it: who gave it away could not name its row any more.
std::uint64_t after(std::uint64_t last) {
  if (last >= limits::seq_max)
    throw journal_error(journal_error::kind::full,
                        "the journal has no number left for a row");
  return last + 1;
}

} // namespace

void next_rows::add(stock_change& change, const origin& from) const {
  const auto seq = after(end.end.last_seq);
  auto& head = heads.change({from.store, from.sku});
  resolve(head, snapshots);
  change.seq = seq;
  change.prev_seq = head.seq;
  if (change.type == event_type::stock_reserved)
    change.hold.ref.grant_seq = change.seq;
  batch.add(change, from);
  head.seq = end.end.last_seq = change.seq;
  end.time_ms = std::max(end.time_ms, change.after.updated_at_ms);
}

void next_rows::add(remembered_answer& answer) const {
  const auto number = after(end.end.last_answer);
  auto& head = heads.change({answer.from.store, answer.from.sku});
  resolve(head, snapshots);
  answer.number = number;
  batch.add(answer, head.answer);
  head.answer = end.end.last_answer = answer.number;
  end.time_ms = std::max(end.time_ms, answer.at_ms);
}

void next_rows::close(const journal_end& before, sha256& with) const {
  batch_row row;
  row.first_seq = before.last_seq + 1;
  row.first_answer = before.last_answer + 1;
  ++end.end.batch;
  row.end = end.end;
  end.end.hash = batch.hash(with, before.hash, row);
}

sku_head* next_rows::complete(sku_view names, const stock& state,
                              row_reader& rows, stock& kept) const {
  auto* head = heads.find(names);
  // Nothing happened since the last snapshot.
  if (head == nullptr)
    return nullptr;
  resolve(*head, snapshots);
  kept = state;
  return complete_grants(rows, head->seq, kept) ? head : nullptr;
}

} // namespace holdfast::storage
