// Networks that fail under load: nothing that was acknowledged is lost, a lost
// owner is missed in time, and the central view is whole again in time.
#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <thread>

#include "holdfast/settings.hpp"
#include "tests/cluster/campaign.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::cluster_test;
using namespace std::chrono_literals;

namespace {

using std::chrono::milliseconds;
using seconds = std::chrono::duration<double>;

/// The contract says six and ten seconds; this is four times that, for a
/// machine that does other things as well. `./dev torture` takes it at its
/// word.
constexpr auto missed_within = 24s * test::slowdown;
constexpr auto healed_within = 40s * test::slowdown;

/// Runs `does` and tells how long that took.
template <class F>
seconds time_of(F does) {
  const auto begin = std::chrono::steady_clock::now();
  does();
  return std::chrono::steady_clock::now() - begin;
}

/// Three nodes in networks of their own, and clients of the first.
class trial {
public:
  /// Does `disturb` to the network while clients work, as often as the
  /// environment says, and holds what they were told against all journals.
  template <class F>
  void run(const std::string& row, F disturb) {
    if (!between.are_there())
      return;
    three_nodes nodes{patient_flags(sync_interval_ms), &between};
    test::load clients{cluster_plan(random())};
    {
      const inside here{nodes.first.where()};
      clients.start(nodes.first.port());
    }
    seconds slowest{0};
    auto least_lost = std::numeric_limits<std::uint64_t>::max();
    const auto cycles = test::count_from_environment("FAULT_PARTITIONS", 1);
    for (unsigned i = 0; i < cycles; ++i) {
      pass(200, 400);
      const auto before = between.lost();
      disturb(nodes);
      between.heal();
      CHECK_MESSAGE(between.are_there(), between.why_not());
      const auto lost = between.lost() - before;
      CHECK(lost > 0);
      least_lost = std::min(least_lost, lost);
      const auto took = time_of([&] { wait_healed(nodes); });
      CHECK(took <= healed_within);
      slowest = std::max(slowest, took);
    }
    pass(200, 400);
    clients.stop();
    MESSAGE(test::count(clients.calls()));
    const auto least = judge_cluster(nodes, clients);
    test::tell(row, cycles,
               {{"slowest_healed_s", slowest.count()},
                {"least_acknowledged", least},
                {"least_packets_lost", least_lost}});
  }

  std::size_t below(std::size_t bound) {
    return random() % bound;
  }
  /// Lets the clients work.
  void pass(unsigned least_ms, unsigned most_ms) {
    std::this_thread::sleep_for(
        milliseconds{least_ms + below(most_ms - least_ms)});
  }

  std::int64_t sync_interval_ms = 500;
  std::mt19937_64 random = seeded_engine();
  cables between;

private:
  /// A view over all stores, for every node, and a round when it is asked for.
  static void wait_healed(three_nodes& nodes) {
    nodes.wait_whole();
    for (auto* by : nodes.all())
      expect_soon([&] {
        return by->ask_json(live::get("/api/inventory/skus?limit=1"))
            .value("complete", false);
      });
    for (auto* by : nodes.all())
      expect_soon([&] {
        const auto round = by->ask_json(live::post("/api/sync", "{}"));
        return round.contains("failedStores") && round["failedStores"].empty();
      });
  }
};

/// Waits until `by` says that `store` is out of reach.
void wait_missed(const cluster_node& by, const std::string& store) {
  const auto look = live::get(live::record_path("sku-0", store));
  const bool is_missed = test::wait_until([&] {
    const auto answer = by.ask(look);
    return answer.status == 503
           && answer.body.find("store_unavailable") != std::string::npos;
  });
  CHECK(is_missed);
}

} // namespace

TEST_CASE_FIXTURE(trial, "a node that is cut off in silence is missed") {
  // Unless told otherwise, rounds come more seldom than nodes have to be whole.
  sync_interval_ms = settings{}.sync_interval_ms;
  seconds slowest{0};
  run("partition: full", [&](three_nodes& nodes) {
    // The owner, or the node whose clients ask for the stores of others.
    const auto lost = below(cables::ends);
    const std::string store = lost == 2 ? "store-d" : "store-c";
    const auto took = time_of([&] {
      between.isolate(lost);
      wait_missed(nodes.first, store);
    });
    CHECK(took <= missed_within);
    slowest = std::max(slowest, took);
    pass(100, 3'000);
  });
  if (between.are_there())
    test::tell("partition: full", 0, {{"slowest_missed_s", slowest.count()}});
}

TEST_CASE_FIXTURE(trial, "a node that is heard and hears nothing, or not") {
  run("partition: one-way", [&](three_nodes&) {
    const auto from = below(cables::ends);
    const auto to = (from + 1 + below(cables::ends - 1)) % cables::ends;
    between.cut(from, to);
    pass(1'000, 5'000);
  });
}

TEST_CASE_FIXTURE(trial, "a network that loses a fifth of what is sent") {
  run("partition: 20 % loss", [&](three_nodes&) {
    between.lose(20);
    pass(2'000, 4'000);
  });
}

TEST_CASE_FIXTURE(trial, "a network that comes and goes") {
  run("partition: flapping", [&](three_nodes&) {
    const auto lost = below(cables::ends);
    for (int i = 0; i < 5; ++i) {
      between.isolate(lost);
      pass(50, 1'000);
      between.restore(lost);
      pass(50, 500);
    }
  });
}

TEST_CASE_FIXTURE(trial, "nodes that are lost one by one and come back so") {
  run("partition: swizzle", [&](three_nodes&) {
    std::array<std::size_t, cables::ends> order{0, 1, 2};
    std::shuffle(order.begin(), order.end(), random);
    for (const auto each : order) {
      between.isolate(each);
      pass(100, 1'200);
    }
    std::shuffle(order.begin(), order.end(), random);
    for (const auto each : order) {
      between.restore(each);
      pass(100, 1'200);
    }
  });
}
