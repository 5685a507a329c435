// How often one client may ask: the generic cell rate algorithm (ITU-T I.371,
// annex A), which is a token bucket that remembers one number.
#pragma once

#include <chrono>
#include <cstdint>

namespace holdfast {

/// What one client may ask. `rps` requests per second for ever, and `burst` at
/// once after `burst / rps` seconds of silence. Both at least 1.
struct rate_quota {
  std::uint32_t rps = 100;
  std::uint32_t burst = 200;
};

/// What became of one request, in the terms of the RateLimit field (section 4
/// of draft-ietf-httpapi-ratelimit-headers-10).
struct rate_verdict {
  /// False where nobody counts: no limit, or a request that is always served.
  bool is_counted = false;
  bool is_granted = true;
  /// Requests that would be granted now.
  std::uint32_t remaining = 0;
  /// Whole seconds until one more would be: the `t` of revision 10, where it
  /// was the end of a window before. One comes back each 1/rps of a second.
  static constexpr std::uint32_t reset_s = 1;
};

/// Judges requests of any number of clients by the same quota; what it knows of
/// a client is the `debt` that its caller keeps. Immutable, so thread-safe.
class rate_limit_policy {
public:
  /// Time in parts of the interval at which requests are granted for ever.
  using ticks = std::uint64_t;
  static constexpr ticks ticks_per_request = 16;

  explicit rate_limit_policy(rate_quota of)
      : quota_(of), full_(of.burst * ticks_per_request),
        ticks_per_ns_(static_cast<double>(of.rps * ticks_per_request) / 1e9) {
    // nop
  }

  const rate_quota& quota() const noexcept {
    return quota_;
  }

  /// Largest debt: nothing of the quota is left.
  ticks full() const noexcept {
    return full_;
  }

  /// `since_start` counts from any moment before the first request. Exact for
  /// a year at a million requests per second, longer at less.
  ticks at(std::chrono::nanoseconds since_start) const noexcept {
    const auto ns = static_cast<double>(since_start.count());
    return static_cast<ticks>(ns * ticks_per_ns_);
  }

  /// `debt` is how many ticks from now on the quota will be whole again, 0 of a
  /// client that was quiet for long. Raises it if the request is granted.
  rate_verdict judge(ticks& debt) const noexcept {
    rate_verdict result{true, debt + ticks_per_request <= full_};
    if (result.is_granted)
      debt += ticks_per_request;
    result.remaining =
        static_cast<std::uint32_t>((full_ - debt) / ticks_per_request);
    return result;
  }

  /// The window in which a quiet client may spend its burst, in whole seconds.
  std::uint32_t window_s() const noexcept {
    return (quota_.burst - 1) / quota_.rps + 1;
  }

private:
  rate_quota quota_;
  ticks full_;
  double ticks_per_ns_;
};

} // namespace holdfast
