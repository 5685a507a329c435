// What time it is for a data directory, whatever became of the wall clock.
#pragma once

#include <cstdint>
#include <string>

namespace holdfast::storage {

/// The time at which a process goes on in `data_dir`, in milliseconds since
/// the epoch, not before `not_before_ms`.
///
/// The first process after a boot of the machine takes the wall clock and
/// leaves, in the file `clock`, by how much it was ahead of the monotonic
/// clock. Processes after it, until the next boot, go on from there, so that a
/// wall clock that was set meanwhile moves no expiry. Without that file, as
/// after a boot, it is the wall clock. Needs no sync: what a loss of power
/// takes would have been of no use after it.
std::int64_t resume_time(const std::string& data_dir,
                         std::int64_t not_before_ms);

} // namespace holdfast::storage
