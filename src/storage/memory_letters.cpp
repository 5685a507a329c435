// Dead letters of a journal in memory.
#include "holdfast/limits.hpp"
#include "memory_journal.hpp"

namespace holdfast::storage {

void memory_disk::touch_letters() {
  if (!letters_before_)
    letters_before_ = letters_;
}

bool memory_journal::bury(dead_letter& letter) {
  check_alive();
  auto& disk = *disk_;
  disk.touch_letters();
  letter.id = letter_of(letter.ask.from, letter.ask.reservation);
  if (letter.id != 0) {
    auto& known = disk.letters_.at(letter.id);
    known.cause = letter.cause;
    known.attempts += letter.attempts;
    known.last_ms = letter.last_ms;
    return true;
  }
  if (disk.letters_.size() >= limits::dead_letters_max)
    return false;
  letter.id = ++disk.last_letter_;
  auto& kept = disk.letters_.emplace(letter.id, letter).first->second;
  // As on disk: a fingerprint is kept beside a key only.
  if (kept.ask.from.key.empty())
    kept.ask.from.fingerprint = {};
  return true;
}

bool memory_journal::remove_letter(std::uint64_t id) {
  check_alive();
  disk_->touch_letters();
  return disk_->letters_.erase(id) != 0;
}

std::optional<dead_letter> memory_journal::letter_at(std::uint64_t id) {
  check_alive();
  const auto found = disk_->letters_.find(id);
  if (found == disk_->letters_.end())
    return std::nullopt;
  return found->second;
}

std::vector<dead_letter> memory_journal::letters(std::uint64_t after,
                                                 std::size_t limit) {
  check_alive();
  std::vector<dead_letter> result;
  const auto& all = disk_->letters_;
  for (auto at = all.upper_bound(after);
       at != all.end() && result.size() < limit; ++at)
    result.push_back(at->second);
  return result;
}

std::uint64_t memory_journal::letter_of(const origin& from,
                                        const reservation_ref& ref) const {
  if (disk_->letters_.empty() || from.key.empty())
    return 0;
  const auto wanted = hash_key(from, ref);
  for (const auto& [id, letter] : disk_->letters_) {
    const auto again = retry_of(letter);
    if (again.from.store == from.store && again.from.sku == from.sku
        && again.from.fingerprint == from.fingerprint
        && hash_key(again.from, again.reservation) == wanted)
      return id;
  }
  return 0;
}

std::size_t memory_journal::letter_count() const {
  return disk_->letters_.size();
}

} // namespace holdfast::storage
