// Peaks over HTTP, in turns with the ceiling.
#include <stdexcept>

#include "src/cli/load/scratch_dir.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/servers.hpp"
#include "tests/benchmarks/sync_time.hpp"
#include "tests/benchmarks/wrk.hpp"
#include "tests/support/adjust_rows.hpp"

namespace holdfast::bench {

using namespace cli;
using namespace test;

namespace {

constexpr std::size_t http_skus = 1'000;
constexpr std::size_t connection_counts[] = {64, 256};

std::string at(const std::string& name, std::size_t connections) {
  return name + ", " + std::to_string(connections) + " connections";
}

/// Takes turns between figures and counts what the node was asked.
class turns {
public:
  turns(const options& with, report& into, const server& node)
      : with_(with), into_(into) {
    into_.did(node.command_line());
  }

  void take(const std::string& name, const server& on, wrk_run how) {
    how.script = with_.scripts + "/" + how.script;
    how.span = with_.run;
    into_.did(to_text(wrk_command(on.url(), how)));
    last_ = run_wrk(on.url(), how);
    into_.measure(at(name, how.connections), "/s", last_.rate);
  }
  /// The same on a node that writes: each request is to leave an event.
  void take_writes(const std::string& name, const server& on, wrk_run how) {
    how.words.push_back("r" + std::to_string(++runs_));
    take(name, on, how);
    events_min_ += last_.requests;
    unheard_max_ += how.connections;
  }
  /// Throws unless the journal has an event for every answer. What was under
  /// way when a run ended was written, but nobody counted it.
  void check(std::uint64_t events) const {
    if (events < events_min_ || events > events_min_ + unheard_max_)
      throw std::runtime_error(std::to_string(events) + " events for "
                               + std::to_string(events_min_) + " answers");
  }

private:
  const options& with_;
  report& into_;
  wrk_result last_;
  std::uint64_t runs_ = 0;
  std::uint64_t events_min_ = 0;
  std::uint64_t unheard_max_ = 0;
};

} // namespace

void measure_writes(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  const ceiling_server ceiling{with.ceiling};
  node_server node{with.node, dir.path()};
  turns each{with, into, node};
  for (std::size_t round = 0; round < with.rounds; ++round) {
    // Explains much of what differs from run to run.
    into.measure("fdatasync before writes", "ms", sync_ms(dir.path()));
    for (const auto count : connection_counts) {
      each.take("ceiling POST", ceiling, {"post.lua", {"uniform"}, count});
      each.take_writes("writes", node, {"post.lua", {"uniform"}, count});
      each.take_writes("writes to one SKU", node, {"post.lua", {"hot"}, count});
    }
  }
  node.stop();
  each.check(open_journal(dir.path())->last_seq());
  for (const auto count : connection_counts) {
    into.compare(at("writes", count), at("ceiling POST", count),
                 report::bound::at_least, count == 64 ? 0.60 : 0.70);
    into.compare(at("writes to one SKU", count), at("writes", count),
                 report::bound::at_least, 0.9);
  }
}

void measure_limits(const options& with, report& into) {
  const scratch_dir without{with.scratch};
  const scratch_dir limited{with.scratch};
  node_server off{with.node, without.path()};
  // At work, and further away than any of these runs comes.
  node_server far_away{with.node,
                       limited.path(),
                       {{"CONCURRENCY_API", "65536"},
                        {"CONCURRENCY_FS", "65536"},
                        {"LOAD_SHED_QUEUE_MAX", "65536"},
                        {"BREAKER_THRESHOLD", "0.5"},
                        {"RATE_LIMIT_RPS", "1000000"},
                        {"RATE_LIMIT_BURST", "1000000"}}};
  turns each{with, into, off};
  into.did(far_away.command_line());
  for (std::size_t round = 0; round < with.rounds; ++round)
    for (const auto count : connection_counts) {
      const auto run =
          "l" + std::to_string(round) + "c" + std::to_string(count);
      each.take("writes, limits off", off,
                {"post.lua", {"uniform", run}, count});
      each.take("writes, limits far away", far_away,
                {"post.lua", {"uniform", run}, count});
    }
  off.stop();
  far_away.stop();
  for (const auto count : connection_counts)
    into.compare(at("writes, limits far away", count),
                 at("writes, limits off", count), report::bound::at_least,
                 0.95);
}

void measure_reads(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  fill_journal(dir.path(), http_skus, http_skus);
  const ceiling_server ceiling{with.ceiling};
  node_server node{with.node, dir.path()};
  turns each{with, into, node};
  for (std::size_t round = 0; round < with.rounds; ++round)
    for (const auto count : connection_counts) {
      each.take("ceiling GET", ceiling, {"get.lua", {}, count});
      each.take("reads", node, {"get.lua", {}, count});
    }
  node.stop();
  for (const auto count : connection_counts)
    into.compare(at("reads", count), at("ceiling GET", count),
                 report::bound::at_least, 0.8);
}

void measure_remote(const options& with, report& into) {
  const scratch_dir here{with.scratch};
  const scratch_dir there{with.scratch};
  node_server near{
      with.node, here.path(), {{"STORES", "store-1"}, {"NODE_PORT", "auto"}}};
  node_server far{with.node,
                  there.path(),
                  {{"STORES", "store-2"},
                   {"NODE_NAME", "n2"},
                   {"PORT", "auto"},
                   {"JOIN", near.node_address()}},
                  "join"};
  turns each{with, into, near};
  into.did(far.command_line());
  for (std::size_t round = 0; round < with.rounds; ++round)
    for (const auto count : connection_counts) {
      const auto run =
          "r" + std::to_string(round) + "c" + std::to_string(count);
      each.take("writes here", near,
                {"post.lua", {"uniform", run, "store-1"}, count});
      each.take("writes over there", near,
                {"post.lua", {"uniform", run, "store-2"}, count});
    }
  far.stop();
  near.stop();
  for (const auto count : connection_counts)
    into.compare(at("writes over there", count), at("writes here", count),
                 report::bound::at_least, 0.5);
}

} // namespace holdfast::bench
