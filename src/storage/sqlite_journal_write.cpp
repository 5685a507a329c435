// Rows into the open batch.
#include <algorithm>
#include <utility>

#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

void sqlite_journal::append(event& change) {
  guarded([&] {
    auto& head = heads_.change({change.from.store, change.from.sku});
    resolve(head, snapshots_);
    change.seq = now_.end.last_seq + 1;
    change.prev_seq = head.seq;
    if (change.type == event_type::stock_reserved)
      change.hold.ref.grant_seq = change.seq;
    batch_.add(change);
    head.seq = now_.end.last_seq = change.seq;
    now_.time_ms = std::max(now_.time_ms, change.after.updated_at_ms);
  });
}

void sqlite_journal::remember(remembered_answer& answer) {
  guarded([&] {
    auto& head = heads_.change({answer.from.store, answer.from.sku});
    resolve(head, snapshots_);
    answer.number = now_.end.last_answer + 1;
    batch_.add(answer, head.answer);
    head.answer = now_.end.last_answer = answer.number;
    now_.time_ms = std::max(now_.time_ms, answer.at_ms);
  });
}

void sqlite_journal::snapshot(const std::string& store, const std::string& sku,
                              const stock& state) {
  guarded([&] {
    auto* head = heads_.find({store, sku});
    // Nothing happened since the last snapshot.
    if (head == nullptr)
      return;
    resolve(*head, snapshots_);
    auto complete = state;
    if (!complete_grants(rows_, head->seq, complete))
      return;
    taken_.push_back(
        {*head->names, {head->seq, head->answer}, std::move(complete)});
    heads_.kept(*head);
  });
}

} // namespace holdfast::storage
