#include "letter_book.hpp"

#include <utility>

#include "holdfast/limits.hpp"

namespace holdfast::storage {

namespace {

/// The key memory is per SKU, so the names are part of it here. So is the
/// fingerprint: another request under the same key settles nothing.
std::string scope_of(const origin& from, const reservation_ref& ref) {
  const auto hash = hash_key(from, ref);
  auto scope = from.store + '\n' + from.sku + '\n';
  scope.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
  scope.append(reinterpret_cast<const char*>(from.fingerprint.data()),
               from.fingerprint.size());
  return scope;
}

std::string scope_of(const dead_letter& letter) {
  const auto again = retry_of(letter);
  return scope_of(again.from, again.reservation);
}

} // namespace

bool letter_book::restore(dead_letter letter) {
  const auto id = letter.id;
  if (!by_scope_.emplace(scope_of(letter), id).second)
    return false;
  letters_.emplace(id, std::move(letter));
  return true;
}

void letter_book::touch(std::uint64_t id) {
  if (!before_)
    before_ = {letters_, last_id_};
  touched_.insert(id);
}

bool letter_book::bury(dead_letter& letter) {
  letter.id = letter_of(letter.ask.from, letter.ask.reservation);
  if (letter.id != 0) {
    touch(letter.id);
    auto& known = letters_.at(letter.id);
    known.cause = letter.cause;
    known.attempts += letter.attempts;
    known.last_ms = letter.last_ms;
    return true;
  }
  if (letters_.size() >= limits::dead_letters_max)
    return false;
  touch(last_id_ + 1);
  letter.id = ++last_id_;
  auto kept = letter;
  // As in a row: a fingerprint is kept beside a key only.
  if (kept.ask.from.key.empty())
    kept.ask.from.fingerprint = {};
  restore(std::move(kept));
  return true;
}

bool letter_book::remove(std::uint64_t id) {
  const auto found = letters_.find(id);
  if (found == letters_.end())
    return false;
  touch(id);
  by_scope_.erase(scope_of(found->second));
  letters_.erase(found);
  return true;
}

std::optional<dead_letter> letter_book::find(std::uint64_t id) const {
  const auto found = letters_.find(id);
  if (found == letters_.end())
    return std::nullopt;
  return found->second;
}

std::vector<dead_letter> letter_book::list(std::uint64_t after,
                                           std::size_t limit) const {
  std::vector<dead_letter> result;
  for (auto at = letters_.upper_bound(after);
       at != letters_.end() && result.size() < limit; ++at)
    result.push_back(at->second);
  return result;
}

std::uint64_t letter_book::letter_of(const origin& from,
                                     const reservation_ref& ref) const {
  if (letters_.empty() || from.key.empty())
    return 0;
  const auto found = by_scope_.find(scope_of(from, ref));
  return found == by_scope_.end() ? 0 : found->second;
}

void letter_book::undo() {
  if (!before_)
    return;
  auto before = std::move(*before_);
  before_.reset();
  touched_.clear();
  letters_.clear();
  by_scope_.clear();
  last_id_ = before.last_id;
  for (auto& [id, letter] : before.all)
    restore(std::move(letter));
}

} // namespace holdfast::storage
