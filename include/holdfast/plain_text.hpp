// What may stand in the texts of a request.
#pragma once

#include <string_view>

namespace holdfast {

/// True if `text`, which must be well-formed UTF-8, has a control character:
/// C0, DEL or C1; the last are C2 80 to C2 9F.
constexpr bool has_control(std::string_view text) noexcept {
  unsigned char before = 0;
  for (const unsigned char c : text) {
    if (c < 0x20 || c == 0x7f || (before == 0xc2 && c < 0xa0))
      return true;
    before = c;
  }
  return false;
}

} // namespace holdfast
