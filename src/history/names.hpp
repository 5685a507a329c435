// How the words of a history are spelled.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "holdfast/error_code.hpp"
#include "holdfast/event.hpp"

namespace holdfast::history {

inline constexpr std::array<std::pair<action, std::string_view>, 8> kinds{
    {{action::read, "read"},
     {action::read_reservation, "read_reservation"},
     {action::adjust, "adjust"},
     {action::count, "count"},
     {action::reserve, "reserve"},
     {action::release, "release"},
     {action::commit, "commit"},
     {action::extend, "extend"}}};

inline constexpr std::array<std::pair<reservation_state, std::string_view>, 4>
    states{{{reservation_state::active, "active"},
            {reservation_state::committed, "committed"},
            {reservation_state::released, "released"},
            {reservation_state::expired, "expired"}}};

/// The word for `value` in one of the tables above, empty if it has none.
template <class Table, class T>
std::string_view word_for(const Table& table, T value) noexcept {
  for (const auto& [each, word] : table)
    if (each == value)
      return word;
  return {};
}

/// What `word` stands for in one of the tables above.
template <class Table>
auto meaning_of(const Table& table, std::string_view word)
    -> std::optional<decltype(table.front().first)> {
  for (const auto& [each, name] : table)
    if (name == word)
      return each;
  return std::nullopt;
}

/// The type of event of that name.
std::optional<event_type> event_type_named(std::string_view word) noexcept;

/// The refusal of that name.
std::optional<error_code> refusal_named(std::string_view word) noexcept;

/// Milliseconds since the epoch of `2026-11-22T06:11:00.123Z`, nothing for
/// any other form, or a moment that there is not.
std::optional<std::int64_t> time_named(const std::string& text);

} // namespace holdfast::history
