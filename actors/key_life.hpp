// How long keys live whose answers are rows already.
#pragma once

#include <chrono>
#include <cstdint>

#include "holdfast/limits.hpp"

namespace holdfast {

/// A key lives from its answer on, and a row says when that was decided. Later
/// than so many milliseconds after it nobody is told the answer any more.
inline constexpr std::int64_t answer_delay_max_ms =
    std::chrono::milliseconds{limits::request_deadline + limits::sweep_period}
        .count();

/// Rows before this have no key that may live at `now_ms`.
constexpr std::int64_t keys_since_ms(std::int64_t now_ms,
                                     std::int64_t ttl_ms) noexcept {
  return now_ms - ttl_ms - answer_delay_max_ms;
}

} // namespace holdfast
