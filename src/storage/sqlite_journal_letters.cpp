// Dead letters, and how they become durable.
#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

void sqlite_journal::commit_with_letters() {
  // First, where a full disk can still be helped.
  settle();
  const auto has_rows = !batch_.empty();
  if (has_rows)
    next_.close(durable_.end, hash_);
  try {
    open_transaction();
    if (has_rows)
      tables_.put(batch_);
    letters_.write();
    commit_.run();
  } catch (...) {
    abandon_transaction();
    throw;
  }
  if (has_rows)
    mark_.write(now_.end);
  settled_ = now_.end.batch;
  batch_.clear();
}

bool sqlite_journal::bury(dead_letter& letter) {
  return guarded([&] { return letters_.book().bury(letter); });
}

bool sqlite_journal::remove_letter(std::uint64_t id) {
  return guarded([&] { return letters_.book().remove(id); });
}

std::optional<dead_letter> sqlite_journal::letter_at(std::uint64_t id) {
  return guarded([&] { return letters_.book().find(id); });
}

std::vector<dead_letter> sqlite_journal::letters(std::uint64_t after,
                                                 std::size_t limit) {
  return guarded([&] { return letters_.book().list(after, limit); });
}

std::uint64_t sqlite_journal::letter_of(const origin& from,
                                        const reservation_ref& ref) const {
  return letters_.book().letter_of(from, ref);
}

std::size_t sqlite_journal::letter_count() const {
  return letters_.book().size();
}

} // namespace holdfast::storage
