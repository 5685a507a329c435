// The dead letters of a journal on disk, outside its two logs: they come and
// go.
#pragma once

#include <cstdint>
#include <string>

#include "letter_book.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// How many letters a journal has. Throws `journal_error::corrupt` if one of
/// them is not what was written, or two have one key.
std::uint64_t audit_letters(database& journal);

/// Every function may throw `journal_error`.
class dead_letter_table {
public:
  /// Makes the table if there is none, and reads the letters that are there.
  explicit dead_letter_table(database& in);

  letter_book& book() noexcept {
    return book_;
  }
  const letter_book& book() const noexcept {
    return book_;
  }

  /// Writes what was touched. Inside a transaction of the caller, who tells
  /// the book how it ended.
  void write();

private:
  void put(const dead_letter& letter);

  database& in_;
  letter_book book_;
  statement put_;
  statement delete_;
  std::string body_;
};

} // namespace holdfast::storage
