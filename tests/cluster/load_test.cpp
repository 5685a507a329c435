// Nodes that come and go while clients work: nothing that was acknowledged is
// lost, nothing happens twice, and the central view is the sum.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <thread>

#include "holdfast/limits.hpp"
#include "tests/cluster/campaign.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace std::chrono_literals;

namespace {

/// Lets the clients work.
void work(std::uint64_t millis) {
  std::this_thread::sleep_for(std::chrono::milliseconds{millis});
}

/// Calls that were answered long before their deadline, by nobody who knows
/// what became of them.
std::size_t left_open(const test::load& clients) {
  const auto calls = clients.calls();
  return static_cast<std::size_t>(
      std::count_if(calls.begin(), calls.end(), [](const auto& each) {
        const auto took = std::chrono::nanoseconds{each.seen.returned_ns
                                                   - each.seen.called_ns};
        return !each.is_put_off() && !each.seen.known
               && took < limits::request_deadline - 1s;
      }));
}

} // namespace

TEST_CASE("owners that are killed under load lose nothing") {
  auto random = seeded_engine();
  three_nodes nodes{patient_flags()};
  test::load clients{cluster_plan(random())};
  clients.start(nodes.first.port());
  const auto cycles = test::count_from_environment("FAULT_NODE_KILLS", 6);
  for (unsigned i = 0; i < cycles; ++i) {
    auto& victim = random() % 2 == 0 ? nodes.second : nodes.third;
    work(100 + random() % 300);
    victim.kill();
    work(random() % 500);
    victim.start(&nodes.first);
  }
  nodes.wait_whole();
  work(300);
  clients.stop();
  MESSAGE(test::count(clients.calls()));
  const auto least = judge_cluster(nodes, clients);
  test::tell("kill -9 of nodes of a cluster", cycles,
             {{"least_acknowledged", least}});
}

TEST_CASE("the first node may be killed under load, too") {
  auto random = seeded_engine();
  three_nodes nodes{patient_flags()};
  test::load clients{cluster_plan(random())};
  clients.start(nodes.second.port());
  const auto cycles = test::count_from_environment("FAULT_NODE_KILLS", 6) / 2;
  for (unsigned i = 0; i < cycles; ++i) {
    work(100 + random() % 300);
    nodes.first.kill();
    work(random() % 500);
    nodes.first.start(random() % 2 == 0 ? &nodes.second : nullptr);
  }
  nodes.wait_whole();
  work(300);
  clients.stop();
  MESSAGE(test::count(clients.calls()));
  const auto least = judge_cluster(nodes, clients);
  test::tell("kill -9 of nodes of a cluster", cycles,
             {{"least_acknowledged", least}});
}

TEST_CASE("owners that freeze under load acknowledge nothing stale") {
  auto random = seeded_engine();
  three_nodes nodes{patient_flags()};
  test::load clients{cluster_plan(random())};
  clients.start(nodes.first.port());
  const auto cycles = test::count_from_environment("FAULT_NODE_STOPS", 4);
  for (unsigned i = 0; i < cycles; ++i) {
    auto& victim = random() % 2 == 0 ? nodes.second : nodes.third;
    work(200);
    victim.send(SIGSTOP);
    work(500 + random() % 3'000);
    victim.send(SIGCONT);
    nodes.wait_whole();
  }
  work(300);
  clients.stop();
  MESSAGE(test::count(clients.calls()));
  const auto least = judge_cluster(nodes, clients);
  test::tell("SIGSTOP of an owner", cycles, {{"least_acknowledged", least}});
}

TEST_CASE("a rolling restart under load loses nothing, and leaves none open") {
  auto random = seeded_engine();
  three_nodes nodes{patient_flags()};
  // So many that some of what they ask is always on its way to each node.
  auto plan = cluster_plan(random());
  plan.clients = 24;
  test::load clients{plan};
  clients.start(nodes.first.port());
  for (auto* each :
       {&nodes.third, &nodes.second, &nodes.third, &nodes.second}) {
    work(300);
    each->stop();
    each->start(&nodes.first);
    nodes.wait_whole();
  }
  work(300);
  // The clients of the first node find its door closed.
  nodes.first.stop();
  clients.stop();
  CHECK(left_open(clients) == 0);
  nodes.first.start();
  nodes.wait_whole();
  clients.start(nodes.first.port());
  work(300);
  clients.stop();
  MESSAGE("a restart of each: " << test::count(clients.calls()));
  judge_cluster(nodes, clients);
}
