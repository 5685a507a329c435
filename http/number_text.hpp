// Numbers in fields.
#pragma once

#include <charconv>
#include <cstdint>
#include <iterator>
#include <string>

namespace holdfast::http {

/// Appends `number` in decimal digits.
inline void append_number(std::string& to, std::uint64_t number) {
  char digits[20];
  to.append(digits,
            std::to_chars(std::begin(digits), std::end(digits), number).ptr);
}

} // namespace holdfast::http
