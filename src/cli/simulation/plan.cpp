#include "src/cli/simulation/plan.hpp"

#include <algorithm>
#include <numeric>

#include "src/cli/simulation/network.hpp"

namespace holdfast::simulation {

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

/// How likely a world knows this danger, in percent, and how often it comes
/// there at most. Each is there in some worlds only, so that none hides
/// another.
struct danger {
  deed what;
  std::uint64_t percent;
  std::int64_t most;
};

constexpr danger dangers[] = {
    {deed::long_wait, 30, 8},      {deed::stall, 40, 15},
    {deed::kill, 40, 12},          {deed::round, 70, 10},
    {deed::blind_reads, 30, 10},   {deed::full_disk, 30, 10},
    {deed::slow_sync, 30, 10},     {deed::sync_error, 20, 4},
    {deed::write_error, 10, 3},    {deed::read_error, 10, 3},
    {deed::power_cut_soon, 40, 4}, {deed::crash_soon, 30, 4},
    {deed::power_cut, 30, 3},      {deed::restart, 20, 2},
    {deed::flaw, 40, 12},
};

constexpr danger link_dangers[] = {
    {deed::cut, 50, 6},        {deed::half_cut, 40, 6},
    {deed::slow_link, 40, 10}, {deed::break_link, 50, 10},
    {deed::freeze, 40, 5},     {deed::wish, 40, 6},
};

void choose(dice& chance, const danger& each, plan& made) {
  const auto there = chance.chance(each.percent);
  const auto often = static_cast<std::uint64_t>(chance.between(1, each.most));
  made.weight[static_cast<std::size_t>(each.what)] = there ? often : 0;
}

void choose_deeds(dice& chance, plan& made) {
  const auto weight = [&](deed what) -> std::uint64_t& {
    return made.weight[static_cast<std::size_t>(what)];
  };
  weight(deed::ask) = static_cast<std::uint64_t>(chance.between(60, 300));
  weight(deed::wait) = static_cast<std::uint64_t>(chance.between(2, 40));
  for (const auto& each : dangers)
    choose(chance, each, made);
  // Where nothing throws there are no letters.
  if (weight(deed::flaw) > 0) {
    weight(deed::retry_letter) =
        static_cast<std::uint64_t>(chance.between(2, 15));
    weight(deed::delete_letter) =
        static_cast<std::uint64_t>(chance.between(0, 5));
  }
  const auto all =
      std::accumulate(made.weight, made.weight + deeds, std::uint64_t{0});
  // As if each of a thousand steps were a deed or the run of an actor.
  made.runs_max = 2 * (1'000 - all) / all + 1;
}

} // namespace

void spread(dice& chance, plan& over) {
  const auto nodes = static_cast<std::size_t>(chance.between(2, 3));
  over.nodes.resize(1);
  while (over.nodes.size() < nodes) {
    over.with.stores.push_back("store-"
                               + std::to_string(over.with.stores.size() + 1));
    over.nodes.push_back({over.with.stores.back()});
  }
  over.ops = std::min<std::size_t>(over.ops, 250);
  for (const auto& each : link_dangers)
    choose(chance, each, over);
  if (over.weight[static_cast<std::size_t>(deed::wish)] > 0)
    for (const auto* store : rare_stores)
      over.with.stores.emplace_back(store);
  over.weight[static_cast<std::size_t>(deed::heal_links)] =
      static_cast<std::uint64_t>(chance.between(2, 15));
  // There is more to do for each request.
  over.runs_max *= 2;
}

void narrow(dice& chance, plan& over) {
  const auto few = [&] {
    return static_cast<std::uint32_t>(chance.between(1, 2));
  };
  over.with.concurrency_api = few();
  if (chance.chance(50))
    over.with.concurrency_fs = few();
  over.queue_max = static_cast<std::size_t>(chance.between(1, 3));
  over.sent_max = static_cast<std::size_t>(chance.between(1, 3));
  over.taken_max = static_cast<std::size_t>(chance.between(1, 3));
}

void mourn(dice& chance, plan& over) {
  choose(chance, {deed::retire, 30, 6}, over);
}

settings settings_of(const plan& world, std::size_t machine) {
  auto made = world.with;
  made.stores = world.nodes[machine];
  if (world.nodes.size() == 1)
    return made;
  const auto at = address_of(machine);
  made.node_name = "n" + std::to_string(machine + 1);
  made.node_host = at.host;
  made.node_port = at.port;
  if (machine > 0)
    made.join = {to_string(address_of(0))};
  return made;
}

plan plan_of(dice& chance) {
  plan made;
  made.with = settings_of(chance);
  made.nodes = {made.with.stores};
  const auto skus = chance.between(2, 6);
  for (std::int64_t i = 0; i < skus; ++i)
    made.skus.push_back(std::string{"SKU-"} + static_cast<char>('A' + i));
  if (chance.chance(50))
    made.idle_after = std::chrono::milliseconds{chance.between(50, 3'000)};
  made.clients = static_cast<std::size_t>(chance.between(3, 10));
  made.ops = static_cast<std::size_t>(chance.between(20, 600));
  made.keyed = static_cast<std::uint64_t>(chance.between(30, 100));
  choose_deeds(chance, made);
  // Small bounds, so that little work meets every one of them.
  if (chance.chance(70)) {
    made.tail_rows_min = static_cast<std::uint64_t>(chance.between(5, 60));
    made.wal_pages_max = static_cast<std::uint64_t>(chance.between(2, 15));
  }
  return made;
}

} // namespace holdfast::simulation
