// Which dead letter is that of a request: asked for each answer with a key.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "holdfast/dead_letter.hpp"
#include "holdfast/idempotency.hpp"

namespace holdfast::storage {

/// The letters of a journal by the keys that they are tried again under. Not
/// thread-safe.
class letter_index {
public:
  /// False if another letter has its key.
  bool add(const dead_letter& letter) {
    const auto again = retry_of(letter);
    auto scope = scope_of(again.from, again.reservation);
    if (!by_scope_.emplace(scope, letter.id).second)
      return false;
    scopes_.emplace(letter.id, std::move(scope));
    return true;
  }
  /// False if there is none.
  bool remove(std::uint64_t id) {
    const auto found = scopes_.find(id);
    if (found == scopes_.end())
      return false;
    by_scope_.erase(found->second);
    scopes_.erase(found);
    return true;
  }
  /// 0 for none.
  std::uint64_t find(const origin& from, const reservation_ref& ref) const {
    if (by_scope_.empty() || from.key.empty())
      return 0;
    const auto found = by_scope_.find(scope_of(from, ref));
    return found == by_scope_.end() ? 0 : found->second;
  }
  bool contains(std::uint64_t id) const {
    return scopes_.contains(id);
  }
  std::size_t size() const noexcept {
    return scopes_.size();
  }

private:
  /// The key memory is per SKU, so the names are part of it here. So is the
  /// fingerprint: another request under the same key settles nothing.
  static std::string scope_of(const origin& from, const reservation_ref& ref) {
    const auto hash = hash_key(from, ref);
    auto scope = from.store + '\n' + from.sku + '\n';
    scope.append(reinterpret_cast<const char*>(&hash), sizeof(hash));
    scope.append(reinterpret_cast<const char*>(from.fingerprint.data()),
                 from.fingerprint.size());
    return scope;
  }

  std::unordered_map<std::string, std::uint64_t> by_scope_;
  std::map<std::uint64_t, std::string> scopes_;
};

} // namespace holdfast::storage
