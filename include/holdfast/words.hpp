// How the wire spells what is asked, what became of a hold and of a request.
#pragma once

#include <optional>
#include <string_view>

#include "holdfast/error_code.hpp"
#include "holdfast/event.hpp"

namespace holdfast {

/// The last segment of its route, `count` for a PUT.
std::string_view to_string(action what) noexcept;

/// E.g. `committed`.
std::string_view to_string(reservation_state state) noexcept;

/// What has that word, of those above and of others that have a `to_string`;
/// nothing for any other word.
std::optional<action> action_named(std::string_view word) noexcept;
std::optional<reservation_state>
reservation_state_named(std::string_view word) noexcept;
std::optional<event_type> event_type_named(std::string_view word) noexcept;

/// The same for a code that is not `none`.
std::optional<error_code> refusal_named(std::string_view word) noexcept;

} // namespace holdfast
