// What a client may send as the id of a reservation.
#pragma once

#include <algorithm>
#include <string_view>

#include "holdfast/limits.hpp"

namespace holdfast::http {

/// 1 to 256 printable ASCII characters. Ids are opaque to clients, so a text
/// like that is a question with an answer, if only 404; any other is 400.
inline bool may_be_reservation_id(std::string_view text) noexcept {
  return !text.empty() && text.size() <= limits::reservation_id_bytes_max
         && std::all_of(text.begin(), text.end(),
                        [](char c) { return c >= 0x20 && c <= 0x7e; });
}

} // namespace holdfast::http
