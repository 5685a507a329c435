// Dead letters, which any process may have written.
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

bool shared_journal::bury(dead_letter& letter) {
  return guarded([&] { return letters_->book().bury(letter); });
}

bool shared_journal::remove_letter(std::uint64_t id) {
  return guarded([&] { return letters_->book().remove(id); });
}

std::optional<dead_letter> shared_journal::letter_at(std::uint64_t id) {
  return reading([&] { return letters_->book().find(id); });
}

std::vector<dead_letter> shared_journal::letters(std::uint64_t after,
                                                 std::size_t limit) {
  return reading([&] { return letters_->book().list(after, limit); });
}

std::uint64_t shared_journal::letter_of(const origin& from,
                                        const reservation_ref& ref) const {
  return letters_ ? letters_->book().letter_of(from, ref) : 0;
}

std::size_t shared_journal::letter_count() const {
  return letters_ ? letters_->book().size() : 0;
}

} // namespace holdfast::storage
