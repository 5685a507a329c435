// The dead letters of a journal as they are in memory.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "holdfast/dead_letter.hpp"
#include "holdfast/idempotency.hpp"

namespace holdfast::storage {

/// All letters, by id and by the keys that they are tried again under. What
/// changes is kept or undone as one. Not thread-safe.
class letter_book {
public:
  /// A letter that was there before. False if another one has its key.
  bool restore(dead_letter letter);
  /// Ids up to this one were given.
  void restore_last_id(std::uint64_t id) noexcept {
    last_id_ = id;
  }

  // See the functions of `journal` of these names.
  bool bury(dead_letter& letter);
  bool remove(std::uint64_t id);
  std::optional<dead_letter> find(std::uint64_t id) const;
  std::vector<dead_letter> list(std::uint64_t after, std::size_t limit) const;
  std::uint64_t letter_of(const origin& from, const reservation_ref& ref) const;
  std::size_t size() const noexcept {
    return letters_.size();
  }

  /// Ids of letters that were put, changed or removed since the last `keep`.
  const std::set<std::uint64_t>& touched() const noexcept {
    return touched_;
  }
  void keep() noexcept {
    touched_.clear();
    before_.reset();
  }
  void undo();

private:
  using letters = std::map<std::uint64_t, dead_letter>;
  struct state {
    letters all;
    std::uint64_t last_id = 0;
  };

  void touch(std::uint64_t id);

  letters letters_;
  std::unordered_map<std::string, std::uint64_t> by_scope_;
  std::uint64_t last_id_ = 0;
  std::set<std::uint64_t> touched_;
  /// As it was before the first change.
  std::optional<state> before_;
};

} // namespace holdfast::storage
