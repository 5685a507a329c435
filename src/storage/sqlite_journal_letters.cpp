// Dead letters.
#include <utility>

#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

bool sqlite_journal::bury(dead_letter& letter) {
  return guarded([&] {
    open_transaction();
    return letters_.bury(letter);
  });
}

bool sqlite_journal::remove_letter(std::uint64_t id) {
  if (!letters_.index().contains(id))
    return false;
  removed_letters_.push_back(id);
  return true;
}

/// The redo log knows no letters. New ones are durable before the batch they
/// came with: it may fail, and a letter too many does no harm.
void sqlite_journal::keep_letters() {
  if (!letters_.is_touched())
    return;
  settle();
  letters_.commit();
}

/// Those of commands that took effect leave after the batch: until then, and
/// if a full disk keeps them, the key of the command answers for it.
void sqlite_journal::drop_letters() {
  if (removed_letters_.empty())
    return;
  try {
    absorb();
    open_transaction();
    for (const auto id : std::exchange(removed_letters_, {}))
      letters_.remove(id);
    settle();
    letters_.commit();
  } catch (const journal_error& error) {
    abandon_transaction();
    if (error.is() != journal_error::kind::full)
      throw;
  }
}

std::optional<dead_letter> sqlite_journal::letter_at(std::uint64_t id) {
  return guarded([&] { return letters_.find(id); });
}

std::vector<dead_letter> sqlite_journal::letters(std::uint64_t after,
                                                 std::size_t limit) {
  return guarded([&] { return letters_.list(after, limit); });
}

std::uint64_t sqlite_journal::letter_of(const origin& from,
                                        const reservation_ref& ref) const {
  return letters_.index().find(from, ref);
}

std::size_t sqlite_journal::letter_count() const {
  return letters_.index().size();
}

} // namespace holdfast::storage
