// What callers of a node notice of others that join and of rounds over all.
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

#include "src/cli/load/scratch_dir.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/round_calls.hpp"
#include "tests/benchmarks/servers.hpp"
#include "tests/benchmarks/write_phases.hpp"
#include "tests/support/adjust_rows.hpp"

namespace holdfast::bench {

using namespace cli;
using namespace test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t nodes = 3;
/// A small part of what a node can do.
constexpr double rate = 1'000;
constexpr auto later_interval = 1'000ms;
/// Enough for a hundredth of the writes to tell something.
constexpr int runs_a_phase = 2;

/// Programs that leave the processors and the disk to all others.
const command lowest_priority = {"chrt", "--idle", "0", "ionice", "-c", "3"};
/// One that does nothing else, and a processor is never at rest.
const command counting = {"chrt", "-i", "0", "sh", "-c", "while :; do :; done"};
constexpr auto memory_figure = "memory at its peak, n";

struct part_size {
  std::size_t skus = 1'000'000;
  /// A node that was started goes through its ledger for a while.
  std::chrono::milliseconds settling{10'000};
};

part_size size_of(const options& with) {
  return with.size == extent::quick ? part_size{50'000, 3'000ms} : part_size{};
}

std::string numbered(const char* what, std::size_t i) {
  return what + std::to_string(i + 1);
}

/// A journal of a node that has long been there.
void fill(const std::string& data_dir, std::size_t i, std::size_t skus) {
  const filled_node of{numbered("n", i), numbered("store-", i)};
  fill_journal(data_dir, skus, skus, of);
  checkpoint_all(*open_journal(data_dir, of.name));
}

environment environment_of(std::size_t i) {
  return {{"NODE_NAME", numbered("n", i)},
          {"STORES", numbered("store-", i)},
          {"PORT", "auto"},
          {"NODE_PORT", "auto"},
          {"SYNC_INTERVAL_MS", "0"}};
}

using directories = std::vector<std::unique_ptr<scratch_dir>>;

class three_nodes {
public:
  three_nodes(const options& with, const directories& in, report& into);

  void measure_alone() {
    plan_.warm_up = size_of(with_).settling;
    note_writes("node alone", run_load(plan_), into_);
    plan_.warm_up = 0ms;
    const process other{counting};
    note_writes("beside an idle loop", run_load(plan_), into_);
  }
  void measure_joining() {
    write_while(
        "two nodes join", plan_, [this] { join(); }, into_);
  }
  void measure_rounds() {
    write_while(
        "first round over all", plan_, [this] { run_first_rounds(); }, into_);
    write_while(
        "later rounds", plan_, [this] { run_later_rounds(); }, into_);
  }
  void measure_memory() {
    for (std::size_t i = 0; i < nodes; ++i)
      into_.measure(numbered(memory_figure, i), "MiB",
                    static_cast<double>(nodes_[i]->child().peak_bytes())
                        / mebibyte);
  }

private:
  void join();
  void run_first_rounds();
  void run_later_rounds();
  std::vector<const node_server*> all() const;

  const options& with_;
  const directories& dirs_;
  report& into_;
  const std::chrono::milliseconds phase_ = runs_a_phase * with_.run;
  std::vector<std::unique_ptr<node_server>> nodes_;
  load_plan plan_;
};

three_nodes::three_nodes(const options& with, const directories& in,
                         report& into)
    : with_(with), dirs_(in), into_(into) {
  nodes_.push_back(std::make_unique<node_server>(with.node, dirs_[0]->path(),
                                                 environment_of(0)));
  into.did(nodes_[0]->command_line());
  plan_.port = nodes_[0]->port();
  plan_.rate = rate;
  plan_.span = phase_;
}

/// It is over within a tenth of a second, in which there is no hundredth of
/// the writes: what counts are those from then on.
void three_nodes::join() {
  const auto end = std::chrono::steady_clock::now() + phase_;
  const auto seed = nodes_[0]->node_address();
  for (std::size_t i = 1; i < nodes; ++i) {
    auto environment = environment_of(i);
    environment["JOIN"] = seed;
    nodes_.push_back(std::make_unique<node_server>(
        with_.node, dirs_[i]->path(), environment, "join", lowest_priority));
    into_.did(nodes_[i]->command_line());
    into_.measure(numbered("start until joined, n", i), "s",
                  nodes_[i]->time_to_ready().count());
  }
  std::this_thread::sleep_until(end);
}

void three_nodes::run_first_rounds() {
  const auto took_s = run_rounds(all(), nodes);
  for (std::size_t i = 0; i < nodes; ++i)
    into_.measure(numbered("first round over all, n", i), "s", took_s[i]);
}

/// Of what was written meanwhile.
void three_nodes::run_later_rounds() {
  for (const auto* each : all())
    pace_rounds(*each, later_interval);
  for (const auto took_ms : watch_rounds(*nodes_[0], nodes, phase_))
    into_.measure("later round, n1", "ms", took_ms);
}

std::vector<const node_server*> three_nodes::all() const {
  std::vector<const node_server*> made;
  for (const auto& each : nodes_)
    made.push_back(each.get());
  return made;
}

void judge(std::size_t skus, report& into) {
  for (const auto* phase :
       {"two nodes join", "first round over all", "later rounds"})
    into.compare(std::string{"p99 of writes, "} + phase,
                 "p99 of writes, node alone", report::bound::at_most, 1.2);
  for (std::size_t i = 0; i < nodes; ++i)
    into.judge(numbered(memory_figure, i), report::bound::at_most, 1'024);
  into.remark("cluster: " + std::to_string(nodes) + " nodes of "
              + std::to_string(skus)
              + " SKUs. Nodes of a real cluster share no processor, so here\n"
                "all but the first, which is written to, have what that one "
                "leaves (SCHED_IDLE),\nas has the idle loop, which shows what "
                "any work costs here.");
}

} // namespace

void measure_cluster(const options& with, report& into) {
  const auto skus = size_of(with).skus;
  directories dirs;
  for (std::size_t i = 0; i < nodes; ++i) {
    dirs.push_back(std::make_unique<scratch_dir>(with.scratch));
    fill(dirs.back()->path(), i, skus);
  }
  for (std::size_t round = 0; round < with.rounds; ++round) {
    // They never met.
    for (const auto& each : dirs)
      std::filesystem::remove(each->path() + "/cluster");
    three_nodes cluster{with, dirs, into};
    cluster.measure_alone();
    cluster.measure_joining();
    cluster.measure_rounds();
    cluster.measure_memory();
  }
  judge(skus, into);
}

} // namespace holdfast::bench
