// The rates of very many clients in little memory.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "holdfast/limits.hpp"
#include "holdfast/rate_limit_policy.hpp"

namespace holdfast {

/// A table of fixed size with one word for a client, 8 bytes: 16 MiB by
/// default, taken at the start. Clients are told apart by a keyed hash, which
/// leads to two sets of eight places and is compared there in 24 more bits.
///
/// Of a client that was quiet until its quota was whole again there is nothing
/// to know, and its place is free. So a place is in use for at most
/// `burst / rps` seconds after a request, and what counts is how many clients
/// ask within that time. While they are half as many as there are places, each
/// has its own. Beyond that, and only if all sixteen places a client could have
/// are in use, it takes the place of the one that has spent least, together
/// with what that one has spent: the two share one quota. Nobody gets past the
/// limit, and nobody shares with who has used up his while there is one who has
/// not.
///
/// All of this is exact with any number of threads, but for three things. Two
/// clients share a quota if they do not differ in what is compared: with a
/// million clients at once, about one pair in all. Threads that meet a client
/// for the first time at the same moment may each find it a place; it gains
/// what it spent from the one that is not found again. And a place nobody used
/// for 2^36 requests' time (22 years at 100 per second, 19 hours at a million)
/// may for `burst / rps` seconds and one more look used.
///
/// Thread-safe without a lock: a request costs one hash, one or two cache
/// lines, and one exchange of one word.
class rate_limiter {
public:
  /// Key of the hash. Unknown to clients, so that they cannot choose whose set
  /// they fall into.
  struct secret {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };

  /// `places` is a power of two, at least 8.
  rate_limiter(rate_quota of, secret key,
               std::size_t places = limits::rate_places);

  const rate_limit_policy& policy() const noexcept {
    return policy_;
  }

  /// Charges one request to `client`, whose name is any text. The time counts
  /// from any moment, the same for all calls.
  rate_verdict ask(std::string_view client,
                   std::chrono::nanoseconds since_start) noexcept;

private:
  using ticks = rate_limit_policy::ticks;
  using word = std::uint64_t;
  static constexpr std::size_t set_size = 8;
  struct alignas(64) place_set {
    std::array<std::atomic<word>, set_size> at{};
  };
  /// A place, and what was there.
  struct found {
    std::atomic<word>* place = nullptr;
    word seen = 0;
    ticks debt = 0;
    bool is_own = false;
    /// Places of its set in use.
    int used = 0;
  };

  found look_up(place_set& in, word tag, ticks now) const noexcept;
  found find_place(std::uint64_t hash, word tag, ticks now) const noexcept;
  ticks debt_of(word seen, ticks now) const noexcept;

  rate_limit_policy policy_;
  secret key_;
  std::size_t mask_;
  std::unique_ptr<place_set[]> sets_;
};

} // namespace holdfast
