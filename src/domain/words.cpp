#include "holdfast/words.hpp"

namespace holdfast {

namespace {

/// Of the values from 1 to `last` the one with that word.
template <class T>
std::optional<T> named(std::string_view word, T last) noexcept {
  for (int i = 1; i <= static_cast<int>(last); ++i)
    if (to_string(static_cast<T>(i)) == word)
      return static_cast<T>(i);
  return std::nullopt;
}

} // namespace

std::string_view to_string(action what) noexcept {
  switch (what) {
  case action::read:
    return "read";
  case action::read_reservation:
    return "read_reservation";
  case action::adjust:
    return "adjust";
  case action::count:
    return "count";
  case action::reserve:
    return "reserve";
  case action::release:
    return "release";
  case action::commit:
    return "commit";
  case action::extend:
    return "extend";
  }
  return "";
}

std::string_view to_string(reservation_state state) noexcept {
  switch (state) {
  case reservation_state::active:
    return "active";
  case reservation_state::committed:
    return "committed";
  case reservation_state::released:
    return "released";
  case reservation_state::expired:
    return "expired";
  }
  return "";
}

std::optional<action> action_named(std::string_view word) noexcept {
  return named(word, action::extend);
}

std::optional<reservation_state>
reservation_state_named(std::string_view word) noexcept {
  return named(word, reservation_state::expired);
}

std::optional<event_type> event_type_named(std::string_view word) noexcept {
  return named(word, event_type::reservation_expired);
}

std::optional<error_code> refusal_named(std::string_view word) noexcept {
  return named(word, error_code_last);
}

} // namespace holdfast
