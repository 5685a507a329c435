// One data directory and the processes that share it, all in one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tests/support/memory_sharing.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

/// They have one clock; each has a schedule of its own.
struct shared_directory {
  std::shared_ptr<storage::memory_disk> disk =
      std::make_shared<storage::memory_disk>();
  std::shared_ptr<storage::memory_sharing> sharing =
      std::make_shared<storage::memory_sharing>();
  std::shared_ptr<simulation::manual_time> time =
      std::make_shared<simulation::manual_time>();
  std::int64_t ttl_ms = 10'000;

  using board_ptr = std::shared_ptr<lease_board>;
  using board_maker = std::function<board_ptr(board_ptr)>;

  /// The process looks at leases through what `make_board` makes of its board,
  /// if that is set.
  std::unique_ptr<world>
  join(settings with = world::unlimited(),
       std::chrono::milliseconds idle_after = std::chrono::milliseconds{60'000},
       const board_maker& make_board = {}) {
    lease_policy::settings terms;
    terms.self = sharing->start();
    terms.owner = "process-" + std::to_string(terms.self);
    terms.ttl_ms = ttl_ms;
    const lease_policy policy{terms};
    return std::make_unique<world>(
        std::move(with), disk, idle_after, [&](chain_parts& parts) {
          parts.journal = std::make_unique<storage::shared_memory_journal>(
              disk, sharing, policy);
          parts.leases =
              std::make_shared<storage::memory_board>(sharing, policy);
          if (make_board)
            parts.leases = make_board(std::move(parts.leases));
          parts.time = time;
        });
  }

  /// Lets the time pass in `each`, and runs what falls due there.
  template <class... Worlds>
  void pass(std::chrono::milliseconds span, Worlds&... each) {
    time->ms += span.count();
    (each.schedule.advance_time(span), ...);
    (each.run(), ...);
  }
};

} // namespace holdfast::test
