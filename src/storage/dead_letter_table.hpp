// The dead letters of a journal, outside its two logs: they come and go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/dead_letter.hpp"
#include "letter_index.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// Makes the table in a journal that has none. Inside a transaction of the
/// caller.
void create_letters(database& journal);

/// How many letters a journal has. Throws `journal_error::corrupt` if one of
/// them is not what was written, or two have one key.
std::uint64_t audit_letters(database& journal);

/// Every function may throw `journal_error`. Changes are part of the caller's
/// transaction; `commit` or `rollback` tells how it ended.
class dead_letter_table {
public:
  /// Reads the letters that are there.
  explicit dead_letter_table(database& in);

  /// See `journal::bury`.
  bool bury(dead_letter& letter);
  bool remove(std::uint64_t id);
  std::optional<dead_letter> find(std::uint64_t id);
  std::vector<dead_letter> list(std::uint64_t after, std::size_t limit);
  const letter_index& index() const noexcept {
    return index_;
  }

  /// The open transaction changed letters.
  bool is_touched() const noexcept {
    return is_touched_;
  }
  void commit() noexcept {
    is_touched_ = false;
  }
  void rollback();

private:
  void load();
  void add_failure(const dead_letter& letter);
  void insert(dead_letter& letter);
  void write(const dead_letter& letter);

  database& in_;
  letter_index index_;
  bool is_touched_ = false;
  statement insert_;
  statement update_;
  statement delete_;
  statement page_;
  std::string body_;
};

} // namespace holdfast::storage
