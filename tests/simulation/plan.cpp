#include "tests/simulation/plan.hpp"

namespace holdfast::test {

namespace {

/// For ever, for a retry or two, or hardly long enough to be of use.
std::int64_t key_ttl_ms(dice& chance) {
  if (chance.chance(50))
    return 300'000;
  return 1'000
         * (chance.chance(50) ? chance.between(6, 30) : chance.between(1, 4));
}

settings settings_of(dice& chance) {
  settings made;
  made.stores = {"store-1"};
  if (chance.chance(50))
    made.stores.push_back("store-2");
  made.load_shed_queue_max = 0;
  made.concurrency_api =
      chance.chance(40) ? static_cast<std::uint32_t>(chance.between(1, 4)) : 0;
  made.concurrency_fs =
      chance.chance(40) ? static_cast<std::uint32_t>(chance.between(1, 4)) : 0;
  made.breaker_threshold = chance.chance(20) ? 0.5 : 0;
  made.breaker_cooldown_ms = 2'000;
  made.reservation_ttl_s = chance.between(1, 20);
  made.idemp_ttl_ms = key_ttl_ms(chance);
  made.sync_interval_ms = chance.chance(50) ? chance.between(100, 3'000) : 0;
  made.concurrency_sync = static_cast<std::uint32_t>(chance.between(0, 3));
  made.snapshot_every_n_events =
      chance.pick(std::vector<std::uint32_t>{0, 1, 2, 5, 20});
  return made;
}

/// Each danger is there in some worlds only, so that none hides another.
std::uint64_t danger(dice& chance, std::uint64_t percent, std::int64_t most) {
  const auto there = chance.chance(percent);
  const auto often = static_cast<std::uint64_t>(chance.between(1, most));
  return there ? often : 0;
}

} // namespace

plan plan_of(dice& chance) {
  plan made;
  made.with = settings_of(chance);
  const auto skus = chance.between(2, 6);
  for (std::int64_t i = 0; i < skus; ++i)
    made.skus.push_back(std::string{"SKU-"} + static_cast<char>('A' + i));
  if (chance.chance(50))
    made.idle_after = std::chrono::milliseconds{chance.between(50, 3'000)};
  made.clients = static_cast<std::size_t>(chance.between(3, 10));
  made.steps = static_cast<int>(chance.between(500, 5'000));
  made.keyed = static_cast<std::uint64_t>(chance.between(30, 100));
  made.acts = static_cast<std::uint64_t>(chance.between(60, 300));
  made.waits = static_cast<std::uint64_t>(chance.between(2, 40));
  made.long_waits = danger(chance, 30, 8);
  made.stalls = danger(chance, 40, 15);
  made.kills = danger(chance, 40, 12);
  made.full_disks = danger(chance, 40, 20);
  made.failed_disks = danger(chance, 30, 4);
  made.power_cuts = danger(chance, 40, 4);
  made.restarts = danger(chance, 20, 2);
  made.rounds = danger(chance, 70, 10);
  made.blind_reads = danger(chance, 30, 10);
  return made;
}

} // namespace holdfast::test
