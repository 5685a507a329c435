// When to stop asking a callee that keeps failing.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace holdfast {

/// Closed, open or half-open circuit over a sliding window of two halves.
/// A value that is told the time. Not thread-safe.
class breaker_policy {
public:
  using clock = std::chrono::steady_clock;

  struct settings {
    /// Share of faults in the window that opens the circuit, 0 to 1; 0 turns
    /// the breaker off.
    double threshold = 0.5;
    std::chrono::milliseconds cooldown{30'000};
    /// Calls a window must have seen before its share counts.
    std::uint32_t calls_min = 20;
    std::chrono::milliseconds window{10'000};
    /// Calls let through while half-open, at least 1. So many successes close
    /// the circuit, one fault opens it again.
    std::uint32_t probes_max = 3;
    /// So long may a probe take before it counts as lost.
    std::chrono::milliseconds probe_life{0};
  };
  enum class state : std::uint8_t { closed, open, half_open };
  static constexpr std::size_t state_count = 3;

  explicit breaker_policy(settings with) : with_(with) {
    // nop
  }

  /// How many of `wanted` calls may pass now.
  std::uint32_t admit(std::uint32_t wanted, clock::time_point now);
  /// Results of calls that were let through; a business refusal is no fault.
  void record(std::uint32_t successes, std::uint32_t faults,
              clock::time_point now);
  /// Calls that were let through and ended before they met what is guarded:
  /// they say nothing of it, and other probes may go in their place.
  void give_back(std::uint32_t untried, clock::time_point now);
  state current(clock::time_point now);
  /// Time until the next probe; zero unless open.
  std::chrono::milliseconds retry_after(clock::time_point now) const;
  /// When `current` finds an open circuit half-open; never unless open.
  clock::time_point probes_at() const noexcept {
    return state_ == state::open ? retry_at_ : clock::time_point::max();
  }

private:
  void record_probes(std::uint32_t successes, std::uint32_t faults,
                     clock::time_point now);
  void roll(clock::time_point now);
  void open(clock::time_point now);
  void half_open();
  void close(clock::time_point now);

  settings with_;
  state state_ = state::closed;
  clock::time_point window_start_{};
  /// Open: when probes may begin. Half-open: when probes out are lost.
  clock::time_point retry_at_{};
  std::uint32_t calls_[2] = {};
  std::uint32_t faults_[2] = {};
  std::uint32_t probes_ = 0;
  std::uint32_t probe_successes_ = 0;
};

/// `closed`, `open` or `half_open`.
std::string_view to_string(breaker_policy::state state) noexcept;

} // namespace holdfast
