// When a lease may be taken, must be renewed, and is to be handed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "holdfast/lease.hpp"

namespace holdfast {

/// The rules of one process. A value that is told the time; times and spans
/// are in milliseconds.
class lease_policy {
public:
  struct settings {
    /// This start, and what operators call it.
    std::uint64_t self = 0;
    std::string owner;
    /// Life of a lease that is not renewed.
    std::int64_t ttl_ms = 10'000;
    /// How long a holder may keep a lease that others want, so that it gets
    /// some work done between two hand-overs.
    std::int64_t tenure_ms = 1'000;
    /// How long a lease that was given up is kept for who wanted it first: its
    /// clients were told to come back after a second, or two.
    std::int64_t keep_ms = 2'000;
    /// How long a wish lasts that is not repeated.
    std::int64_t wish_ms = 2'500;
  };

  explicit lease_policy(settings with) : with_(std::move(with)) {
    // nop
  }

  const settings& with() const noexcept {
    return with_;
  }

  /// How long to wait for a lease that is as it was `found`; 0 if it may be
  /// taken. An expired lease may be taken by anybody, also by its holder.
  std::int64_t wait_ms(const std::optional<lease>& found,
                       std::int64_t now_ms) const;
  /// True if taking the lease that was `found` takes it from somebody.
  bool is_stolen(const std::optional<lease>& found) const;

  /// True if no process has the lease that was `found`, this one included, or
  /// whoever had it let it expire.
  bool is_nobodys(const std::optional<lease>& found, std::int64_t now_ms) const;

  lease granted(std::uint64_t token, std::int64_t now_ms) const;

  /// True once a third of its life is over: two renewals may fail.
  bool must_renew(const lease& held, std::int64_t now_ms) const;
  lease renewed(lease held, std::int64_t now_ms) const;

  /// True if `wish` is somebody else's and still counts.
  bool is_wanted(const std::optional<lease_wish>& wish,
                 std::int64_t now_ms) const;
  /// True if `is` is this process's, others want it, and it had its time.
  bool must_give_way(const lease& is, const std::optional<lease_wish>& wish,
                     std::int64_t now_ms) const;
  lease given_up(const lease& held, const std::optional<lease_wish>& wish,
                 std::int64_t now_ms) const;

  /// The wish to put in the place of the one that was `found`; nothing where
  /// another process came first, or the own one is young.
  std::optional<lease_wish> wish(const std::optional<lease_wish>& found,
                                 std::int64_t now_ms) const;

private:
  settings with_;
};

} // namespace holdfast
