// What the actors take without HTTP, against SQLite alone and against the
// journal alone with the same rows: the price of the chain.
#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "src/cli/load/load_run.hpp"
#include "src/cli/load/scratch_dir.hpp"
#include "src/cli/load/sqlite_alone.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/support/adjust_rows.hpp"

namespace holdfast::bench {

using namespace cli;
using namespace test;

namespace {

constexpr std::uint32_t skus = 1'000;

std::uint64_t rows_of(const options& with) {
  return static_cast<std::uint64_t>(with.run.count()) * 100;
}

/// The load of `holdfast load --in-process`.
void measure_chain(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  config::load_order order;
  order.in_process = true;
  order.no_check = true;
  order.skus = skus;
  order.clients = 2'048;
  order.threads = 1;
  order.seconds = std::max<std::uint32_t>(
      1, static_cast<std::uint32_t>(with.run.count()) / 1'000);
  const auto on = make_in_process_target(dir.path());
  std::ostringstream unheard;
  const auto done = load_run{order, *on, 1, unheard}.run();
  const auto& counts = done.whole.counts;
  if (counts.refusals() + counts.unknown > 0)
    throw std::runtime_error("the actors refused");
  into.measure("actors without HTTP", "/s",
               done.whole.per_second(counts.acknowledged));
  into.measure("actors without HTTP: rows in a transaction", "",
               static_cast<double>(done.batches->sum)
                   / static_cast<double>(done.batches->count()));
}

void measure_journal(const options& with, report& into) {
  using clock = std::chrono::steady_clock;
  const scratch_dir dir{with.scratch};
  const auto log = open_journal(dir.path());
  adjust_rows rows{skus};
  writing how;
  how.rows = rows_of(with);
  how.from_ms = steady_time{}.now_ms();
  how.to_ms = how.from_ms + 1'000;
  const auto start = clock::now();
  write_rows(*log, rows, how);
  const std::chrono::duration<double> took = clock::now() - start;
  into.measure("journal alone, batches of 1,024", "/s",
               static_cast<double>(how.rows) / took.count());
}

void measure_sqlite(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  into.measure("SQLite alone, batches of 1,024", "/s",
               sqlite_rows_per_second(dir.path(), rows_of(with)));
}

} // namespace

void measure_actors(const options& with, report& into) {
  for (std::size_t round = 0; round < with.rounds; ++round) {
    measure_sqlite(with, into);
    measure_journal(with, into);
    measure_chain(with, into);
  }
  into.compare("actors without HTTP", "SQLite alone, batches of 1,024",
               report::bound::at_least, 0.8);
}

} // namespace holdfast::bench
