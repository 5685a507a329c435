// How well a request goes with an event. Internal to the checker.
#pragma once

#include <cstdint>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

/// From nothing to certainty.
enum class claim : std::uint8_t { none, again, open, told };

/// Of what fits, the event that it told of is most likely its own, and one more
/// least.
claim claim_of(const request& of, const event& change);

} // namespace holdfast::checker
