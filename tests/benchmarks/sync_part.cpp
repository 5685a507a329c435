// Rounds of the central view over a million SKUs.
#include <chrono>
#include <stdexcept>

#include "holdfast/sync_rounds.hpp"
#include "src/cli/load/scratch_dir.hpp"
#include "src/storage/sqlite_ledger.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/support/adjust_rows.hpp"

namespace holdfast::bench {

using namespace cli;
using namespace test;

namespace {

constexpr std::size_t sku_count = 1'000'000;

constexpr std::uint64_t busy_events = 100'000;
constexpr std::size_t idle_rounds = 20;

/// The rounds of a node, without its actors.
class rounds_of_node {
public:
  explicit rounds_of_node(const std::string& data_dir)
      : from_(storage::open_sqlite_ledger(data_dir)),
        rounds_(on_demand(), {{"n1", {"store-1"}}}) {
    // nop
  }

  /// Milliseconds of one round.
  double run() {
    const auto start = clock::now();
    rounds_.ask(1, clock::time_point::max(), start);
    while (rounds_.take_answers().empty()) {
      rounds_.advance(clock::now(), 0);
      for (const auto& order : rounds_.take_collects()) {
        const auto page = from_->read(order.ask.from, limits::collect_max);
        rounds_.take(order.source, order.ask.number, &page, clock::now());
      }
      for (const auto& order : rounds_.take_witnesses())
        rounds_.attest(order.number, std::nullopt);
    }
    const std::chrono::duration<double, std::milli> took = clock::now() - start;
    const auto status = rounds_.status(clock::now());
    const auto& last = status.last.value();
    if (!last.failed_stores.empty() || last.drift != 0)
      throw std::runtime_error("a round failed");
    return took.count();
  }

  const stock_table& table() const {
    return *rounds_.view()->table;
  }

private:
  using clock = sync_rounds::clock;

  static sync_rounds::settings on_demand() {
    sync_rounds::settings made;
    made.interval = {};
    return made;
  }

  std::unique_ptr<ledger> from_;
  sync_rounds rounds_;
};

void write_some(journal& into, adjust_rows& rows, std::uint64_t count) {
  writing how;
  how.rows = count;
  write_rows(into, rows, how);
}

} // namespace

void measure_sync(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  const auto log = open_journal(dir.path());
  adjust_rows rows{sku_count};
  write_some(*log, rows, sku_count);
  into.measure("first round, 1M SKUs after a crash", "ms",
               rounds_of_node{dir.path()}.run());
  checkpoint_all(*log);
  rounds_of_node node{dir.path()};
  into.measure("first round, 1M SKUs with snapshots", "ms", node.run());
  into.measure("central view, 1M SKUs", "bytes a record",
               static_cast<double>(node.table().memory_bytes())
                   / static_cast<double>(node.table().skus()));
  for (std::size_t i = 0; i < idle_rounds; ++i)
    into.measure("idle round, 1M SKUs", "ms", node.run());
  for (std::size_t i = 0; i < with.rounds; ++i) {
    write_some(*log, rows, busy_events);
    into.measure("round of 100k events, 1M SKUs", "ms", node.run());
  }
  into.judge("idle round, 1M SKUs", report::bound::at_most, 50);
  into.judge("central view, 1M SKUs", report::bound::at_most, 200);
}

} // namespace holdfast::bench
