// What callers of a node notice of others that join and of rounds over all.
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

namespace {

using namespace std::chrono_literals;

constexpr std::size_t nodes = 3;
/// A small part of what a node can do.
constexpr double rate = 1'000;
constexpr auto later_interval = 1'000ms;

/// Programs that leave the processors and the disk to all others.
const command lowest_priority = {"chrt", "--idle", "0", "ionice", "-c", "3"};

struct part_size {
  std::size_t skus = 1'000'000;
  /// A node that was started goes through its ledger for a while.
  std::chrono::milliseconds settling{15'000};
};

part_size size_of(const options& with) {
  if (with.size == extent::quick)
    return {50'000, 3'000ms};
  return {};
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

class three_nodes {
public:
  three_nodes(const options& with, report& into);

  void measure_alone();
  void measure_joining();
  void measure_rounds();
  void judge();

private:
  void join();
  void run_first_rounds();
  void run_later_rounds();
  std::vector<const node_server*> all() const;

  const options& with_;
  report& into_;
  const part_size size_;
  std::vector<std::unique_ptr<scratch_dir>> dirs_;
  std::vector<std::unique_ptr<node_server>> nodes_;
  load_plan plan_;
};

three_nodes::three_nodes(const options& with, report& into)
    : with_(with), into_(into), size_(size_of(with)) {
  for (std::size_t i = 0; i < nodes; ++i) {
    dirs_.push_back(std::make_unique<scratch_dir>(with.scratch));
    fill(dirs_.back()->path(), i, size_.skus);
  }
  nodes_.push_back(std::make_unique<node_server>(with.node, dirs_[0]->path(),
                                                 environment_of(0)));
  into.did(nodes_[0]->command_line());
  plan_.port = nodes_[0]->port();
  plan_.rate = rate;
  plan_.span = with.run;
}

void three_nodes::measure_alone() {
  plan_.warm_up = size_.settling;
  for (std::size_t round = 0; round < with_.rounds; ++round) {
    note_writes("node alone", run_load(plan_), into_);
    plan_.warm_up = 1'000ms;
  }
}

void three_nodes::join() {
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
  const auto rounds = with_.run / later_interval * with_.rounds;
  for (std::size_t i = 0; i < rounds; ++i) {
    std::this_thread::sleep_for(later_interval);
    const auto seen = last_round(*nodes_[0]);
    if (!seen.is_complete || seen.stores != nodes)
      throw std::runtime_error("a later round was not complete");
    into_.measure("later round, n1", "ms", seen.took_ms);
  }
}

void three_nodes::measure_joining() {
  write_while(
      "two nodes join", plan_, [this] { join(); }, into_);
}

void three_nodes::measure_rounds() {
  write_while(
      "first round over all", plan_, [this] { run_first_rounds(); }, into_);
  write_while(
      "later rounds", plan_, [this] { run_later_rounds(); }, into_);
}

std::vector<const node_server*> three_nodes::all() const {
  std::vector<const node_server*> made;
  for (const auto& each : nodes_)
    made.push_back(each.get());
  return made;
}

void three_nodes::judge() {
  for (const auto* phase :
       {"two nodes join", "first round over all", "later rounds"})
    into_.compare(std::string{"p99 of writes, "} + phase,
                  "p99 of writes, node alone", report::bound::at_most, 1.2);
  for (std::size_t i = 0; i < nodes; ++i) {
    const auto figure = numbered("memory at its peak, n", i);
    into_.measure(figure, "MiB",
                  static_cast<double>(nodes_[i]->child().peak_bytes())
                      / mebibyte);
    into_.judge(figure, report::bound::at_most, 1'024);
  }
  into_.remark("cluster: " + std::to_string(nodes) + " nodes of "
               + std::to_string(size_.skus)
               + " SKUs. Nodes of a real cluster share no processor, so here\n"
                 "all but the first, which is written to, have what that one "
                 "leaves (SCHED_IDLE).");
}

} // namespace

void measure_cluster(const options& with, report& into) {
  three_nodes cluster{with, into};
  cluster.measure_alone();
  cluster.measure_joining();
  cluster.measure_rounds();
  cluster.judge();
}

} // namespace holdfast::bench
