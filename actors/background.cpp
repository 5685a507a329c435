#include "actors/background.hpp"

#include <cerrno>
#include <cstdint>
#include <ctime>
#include <system_error>

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

/// What sched_setattr(2) takes: the C library has no name for it yet, and the
/// header of the kernel that has cannot be had beside those of the library.
struct scheduling {
  std::uint32_t size = sizeof(scheduling);
  std::uint32_t policy = SCHED_BATCH;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime_ns = 0;
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};

/// The most there is: a seventieth of the weight of a thread that says nothing.
constexpr int niceness = 19;
/// Longer than what others have (3 ms at most), who come first then.
constexpr std::chrono::nanoseconds slice = std::chrono::milliseconds{5};

} // namespace

bool has_own_thread(const caf::local_actor& self) noexcept {
  return self.getf(caf::local_actor::is_detached_flag);
}

void stand_behind_others(const caf::local_actor& self) {
  // Who began below all others has told its whole process where it belongs.
  if (!has_own_thread(self) || ::sched_getscheduler(0) == SCHED_IDLE)
    return;
  scheduling wanted;
  wanted.nice = niceness;
  wanted.runtime_ns = static_cast<std::uint64_t>(slice.count());
  if (::syscall(SYS_sched_setattr, 0, &wanted, 0) != 0)
    telemetry::log_warn("priority_kept",
                        {{"thread", self.name()},
                         {"reason", std::generic_category().message(errno)}});
}

std::chrono::nanoseconds processor_time() noexcept {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return std::chrono::seconds{used.tv_sec}
         + std::chrono::nanoseconds{used.tv_nsec};
}

} // namespace holdfast
