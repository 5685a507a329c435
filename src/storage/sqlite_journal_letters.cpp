// Dead letters.
#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

bool sqlite_journal::bury(dead_letter& letter) {
  return guarded([&] { return letters_.bury(letter); });
}

bool sqlite_journal::remove_letter(std::uint64_t id) {
  return guarded([&] { return letters_.remove(id); });
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
