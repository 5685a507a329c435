// Dead letters of a journal in memory.
#include "tests/support/memory_journal.hpp"

namespace holdfast::storage {

bool memory_journal::bury(dead_letter& letter) {
  check_alive();
  return disk_->letters_.bury(letter);
}

bool memory_journal::remove_letter(std::uint64_t id) {
  check_alive();
  return disk_->letters_.remove(id);
}

std::optional<dead_letter> memory_journal::letter_at(std::uint64_t id) {
  check_alive();
  return disk_->letters_.find(id);
}

std::vector<dead_letter> memory_journal::letters(std::uint64_t after,
                                                 std::size_t limit) {
  check_alive();
  return disk_->letters_.list(after, limit);
}

std::uint64_t memory_journal::letter_of(const origin& from,
                                        const reservation_ref& ref) const {
  return disk_->letters_.letter_of(from, ref);
}

std::size_t memory_journal::letter_count() const {
  return disk_->letters_.size();
}

} // namespace holdfast::storage
