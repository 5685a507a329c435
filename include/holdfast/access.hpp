// Who calls, and what that caller may do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast {

/// What a request needs and what a caller has. Each role includes those
/// before it.
enum class role : std::uint8_t {
  /// Needed where nobody is asked who calls; no caller is given it.
  anyone = 0,
  /// Reads records, events and metrics.
  reader,
  /// Changes stock.
  writer,
  /// Changes how the node works.
  operator_,
};

/// The role as the key file spells it, e.g. `operator`.
std::string_view to_string(role what) noexcept;

/// `reader`, `writer` or `operator`.
std::optional<role> role_named(std::string_view name) noexcept;

/// True if who has `has` may do what needs `needed`.
constexpr bool includes(role has, role needed) noexcept {
  return has >= needed;
}

/// Somebody with an API key.
struct principal {
  /// Name of the key, `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`: the actor of events.
  std::string name;
  role may = role::reader;

  bool operator==(const principal&) const = default;
};

} // namespace holdfast
