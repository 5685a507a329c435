// Look-ups and pages.
#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

loaded_sku sqlite_journal::load(const std::string& store,
                                const std::string& sku,
                                std::int64_t keys_since_ms) {
  return reading([&] {
    const sku_view names{store, sku};
    const auto kept = snapshots_.find(names);
    const auto ends = ends_of(heads_.find(names), kept);
    return load_sku(rows_, names, ends, kept, keys_since_ms);
  });
}

bool sqlite_journal::walk_keys(const std::string& store, const std::string& sku,
                               std::int64_t keys_since_ms, key_walk& walk,
                               std::size_t rows) {
  return reading([&] {
    const sku_view names{store, sku};
    const auto ends = ends_of(heads_.find(names), snapshots_.find(names));
    return storage::walk_keys(rows_, names, ends, keys_since_ms, walk, rows);
  });
}

std::optional<event> sqlite_journal::event_at(std::uint64_t seq) {
  return guarded([&]() -> std::optional<event> {
    bring_back();
    if (seq == 0 || seq > now_.end.last_seq)
      return std::nullopt;
    return rows_.must_event(seq);
  });
}

std::optional<remembered_answer>
sqlite_journal::answer_at(std::uint64_t number) {
  return guarded([&]() -> std::optional<remembered_answer> {
    bring_back();
    if (number == 0 || number > now_.end.last_answer)
      return std::nullopt;
    return rows_.must_answer(number).answer;
  });
}

std::optional<event> sqlite_journal::closing_event(std::uint64_t grant_seq) {
  return reading([&]() -> std::optional<event> {
    auto seq = batch_.closing_of(grant_seq);
    if (seq == 0) {
      const rewind_at_end rewind(find_closed_);
      find_closed_.bind(1, grant_seq);
      if (!find_closed_.step()) {
        check_open(rows_, heads_, snapshots_, grant_seq);
        return std::nullopt;
      }
      seq = find_closed_.number(0);
    }
    return rows_.must_close(seq, grant_seq);
  });
}

event_page sqlite_journal::scan(std::uint64_t after, std::size_t limit,
                                const event_filter& filter) {
  return reading(
      [&] { return rows_.scan(after, limit, filter, now_.end.last_seq); });
}

} // namespace holdfast::storage
