// What time it is for a data directory, whatever became of the wall clock.
#pragma once

#include <cstdint>
#include <string>

#include "holdfast/clock.hpp"

namespace holdfast::storage {

/// The time of a data directory, carried on by the monotonic clock.
///
/// The first process after a boot of the machine takes the wall clock and
/// leaves, in the file `clock`, by how much it was ahead of the monotonic
/// clock. Processes after it, until the next boot, go on from there, so that a
/// wall clock that was set meanwhile moves no expiry. Without that file, as
/// after a boot, it is the wall clock. Needs no sync: what a loss of power
/// takes would have been of no use after it.
class resumed_time final : public time_source {
public:
  /// Does not start before `not_before_ms`.
  resumed_time(const std::string& data_dir, std::int64_t not_before_ms);

  std::int64_t now_ms() const override;
  /// What the wall clock, which may be set at any time, is ahead of it now.
  std::int64_t wall_ahead_ms() const;
  /// False where the system does not tell one boot from another: then each
  /// start takes the wall clock as it is.
  bool knows_boot() const noexcept {
    return knows_boot_;
  }

private:
  /// What it is ahead of the monotonic clock.
  std::int64_t lead_ms_;
  bool knows_boot_;
};

} // namespace holdfast::storage
