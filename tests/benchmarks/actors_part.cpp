// What the actors take without HTTP, against the journal alone with the same
// rows: the price of the chain.
#include <stdexcept>

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>

#include "actors/chain.hpp"
#include "tests/benchmarks/driver.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/rows.hpp"
#include "tests/benchmarks/scratch_dir.hpp"

namespace holdfast::bench {

namespace {

constexpr std::size_t skus = 1'000;
constexpr std::uint64_t drivers = 4;

using seconds = std::chrono::duration<double>;
using clock = std::chrono::steady_clock;

std::uint64_t rows_of(const options& with) {
  return static_cast<std::uint64_t>(with.run.count()) * 100;
}

/// Threads and messages as a node has them.
struct actor_config : caf::actor_system_config {
  actor_config() {
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", std::size_t{1});
    set("scheduler.max-throughput", std::size_t{200});
    add_message_types<caf::id_block::holdfast>();
    add_message_types<caf::id_block::holdfast_doors>();
  }
};

/// Sends `count` operations through the chain and waits for all answers.
seconds run_drive(caf::actor_system& system, const chain& through,
                  const std::string& name, std::uint64_t count) {
  std::latch done{drivers};
  drive plan;
  plan.into = through.entry;
  plan.skus = skus;
  plan.total = count / drivers;
  plan.name = name;
  plan.done = &done;
  const auto start = clock::now();
  // Threads of their own, as the bridges of a node are on IO threads.
  for (std::uint64_t i = 0; i < drivers; ++i)
    system.spawn<caf::detached>(driver, &plan);
  done.wait();
  const seconds took = clock::now() - start;
  if (plan.refused != 0)
    throw std::runtime_error("the actors refused");
  return took;
}

void finish(caf::actor_system& system, chain& all) {
  caf::scoped_actor self{system};
  self->monitor(all.journal);
  all.finish();
  self->receive([](const caf::down_msg&) {});
}

void measure_chain(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  actor_config config;
  caf::actor_system system{config};
  chain_parts parts;
  parts.with.concurrency_api = 0;
  parts.with.breaker_threshold = 0;
  parts.with.stores = {"store-1"};
  parts.time = std::make_shared<steady_time>();
  parts.journal = open_journal(dir.path());
  const auto counters = parts.counters;
  auto all = spawn_chain(system, std::move(parts));
  // Every SKU has its actor before it counts.
  run_drive(system, all, "warm-", 16 * skus);
  const auto rows = rows_of(with);
  const auto before = counters->events.load();
  const auto batches = counters->batches.load();
  const auto took = run_drive(system, all, "run-", rows);
  if (counters->events - before != rows)
    throw std::runtime_error("the journal has not what the actors answered");
  finish(system, all);
  into.measure("actors without HTTP", "/s",
               static_cast<double>(rows) / took.count());
  into.measure("actors without HTTP: rows in a transaction", "",
               static_cast<double>(rows)
                   / static_cast<double>(counters->batches - batches));
}

void measure_journal(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  const auto log = open_journal(dir.path());
  adjust_rows rows{skus};
  writing how;
  how.rows = rows_of(with);
  how.from_ms = steady_time{}.now_ms();
  how.to_ms = how.from_ms + 1'000;
  const auto start = clock::now();
  write_rows(*log, rows, how);
  const seconds took = clock::now() - start;
  into.measure("journal alone, batches of 1,024", "/s",
               static_cast<double>(how.rows) / took.count());
}

} // namespace

void measure_actors(const options& with, report& into) {
  for (std::size_t round = 0; round < with.rounds; ++round) {
    measure_journal(with, into);
    measure_chain(with, into);
  }
  into.compare("actors without HTTP", "journal alone, batches of 1,024",
               report::bound::at_least, 0.8);
}

} // namespace holdfast::bench
