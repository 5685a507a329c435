// Reads JSON (RFC 8259) strictly, token by token, without building anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "http/json_text.hpp"

namespace holdfast::http {

/// A number as it stands in a document.
struct json_number {
  /// Neither fraction nor exponent.
  bool integer = false;
  /// An integer that fits into `value`.
  bool fits = false;
  std::int64_t value = 0;
};

/// A position in a document. The first offence against the grammar is kept;
/// from then on nothing more is read.
class json_scanner {
public:
  explicit json_scanner(std::string_view text) : text_(text) {
    // nop
  }

  /// What the grammar does not allow at `offset()`, or null.
  const char* error() const noexcept {
    return error_;
  }
  /// Bytes read so far.
  std::size_t offset() const noexcept {
    return at_;
  }

  /// The next character that is no white space, 0 at the end or on error.
  char peek() noexcept;
  /// Steps over `c` if it comes next.
  bool take(char c) noexcept;
  /// Like `take`, but its absence is an error described by `otherwise`.
  bool expect(char c, const char* otherwise) noexcept;
  /// Nothing but white space may follow.
  bool expect_end() noexcept;
  bool fail(const char* error) noexcept;

  bool read_text(json_text& into) noexcept;
  bool read_number(json_number& into) noexcept;
  /// Reads over any value; `depth` counts the arrays and objects around it.
  bool skip_value(std::size_t depth);

private:
  bool skip_members(std::size_t depth);
  bool skip_elements(std::size_t depth);
  bool skip_word(std::string_view word) noexcept;
  std::size_t skip_digits() noexcept;
  bool at_end() const noexcept {
    return at_ == text_.size();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  const char* error_ = nullptr;
};

} // namespace holdfast::http
