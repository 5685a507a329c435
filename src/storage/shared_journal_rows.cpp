// Rows into the open transaction, look-ups and pages.
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

void shared_journal::append(stock_change& change, const origin& from) {
  guarded([&] {
    next_.add(change, from);
    tables_.put(row_kind::event, *batch_.event_row(change.seq));
    if (closes_hold(change))
      tables_.put(closed_row{change.hold.ref.grant_seq, change.seq});
    const auto as = writes_as_.find(sku_view{from.store, from.sku});
    if (as != writes_as_.end())
      leases_.note_author(change.seq, as->second);
  });
}

void shared_journal::remember(remembered_answer& answer) {
  guarded([&] {
    next_.add(answer);
    tables_.put(row_kind::answer, *batch_.answer_row(answer.number));
  });
}

void shared_journal::snapshot(const std::string& store, const std::string& sku,
                              const stock& state) {
  guarded([&] {
    stock complete;
    auto* head = next_.complete({store, sku}, state, rows_, complete);
    if (head == nullptr)
      return;
    snapshots_.put(*head->names, head->seq, head->answer, complete);
    heads_.kept(*head);
  });
}

loaded_sku shared_journal::load(const std::string& store,
                                const std::string& sku,
                                std::int64_t keys_since_ms) {
  return reading([&] {
    const sku_view names{store, sku};
    const auto kept = snapshots_.find(names);
    const auto ends = ends_of(heads_.find(names), kept);
    return load_sku(rows_, names, ends, kept, keys_since_ms);
  });
}

bool shared_journal::walk_keys(const std::string& store, const std::string& sku,
                               std::int64_t keys_since_ms, key_walk& walk,
                               std::size_t rows) {
  return reading([&] {
    const sku_view names{store, sku};
    const auto ends = ends_of(heads_.find(names), snapshots_.find(names));
    return storage::walk_keys(rows_, names, ends, keys_since_ms, walk, rows);
  });
}

std::optional<event> shared_journal::event_at(std::uint64_t seq) {
  return reading([&]() -> std::optional<event> {
    if (seq == 0 || seq > now_.end.last_seq)
      return std::nullopt;
    return rows_.must_event(seq);
  });
}

std::optional<remembered_answer>
shared_journal::answer_at(std::uint64_t number) {
  return reading([&]() -> std::optional<remembered_answer> {
    if (number == 0 || number > now_.end.last_answer)
      return std::nullopt;
    return rows_.must_answer(number).answer;
  });
}

std::optional<event> shared_journal::closing_event(std::uint64_t grant_seq) {
  return reading([&]() -> std::optional<event> {
    const rewind_at_end rewind(find_closed_);
    find_closed_.bind(1, grant_seq);
    if (!find_closed_.step()) {
      check_open(rows_, heads_, snapshots_, grant_seq);
      return std::nullopt;
    }
    return rows_.must_close(find_closed_.number(0), grant_seq);
  });
}

event_page shared_journal::scan(std::uint64_t after, std::size_t limit,
                                const event_filter& filter) {
  return reading(
      [&] { return rows_.scan(after, limit, filter, now_.end.last_seq); });
}

} // namespace holdfast::storage
