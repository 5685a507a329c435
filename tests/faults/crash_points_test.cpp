// SIGKILL just before writes and syncs, one after the other.
#include <doctest/doctest.h>

#include <csignal>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// Requests of each client in a life that ends by itself: the tables follow the
/// log meanwhile, which they do every 256 transactions.
constexpr std::size_t long_life = 400;
/// By so much the log of SQLite grows then, at least.
constexpr std::uintmax_t settled_bytes = 32 * 1024;

/// What came of lives that were to end at a system call.
struct fates {
  unsigned died = 0;
  /// Of these: after the tables had followed the log.
  unsigned settled = 0;
  std::size_t acknowledged = 0;
};

std::uintmax_t table_bytes(const campaign& trial) {
  std::error_code is_missing;
  const auto found = std::filesystem::file_size(
      trial.data_dir() + "/journal.db-wal", is_missing);
  return is_missing ? 0 : found;
}

/// Lets the clients ask, and if they are done before the node is dead, ends
/// it in order. True if the tables followed the log while they asked.
bool live(campaign& trial) {
  const auto before = table_bytes(trial);
  trial.clients().start(trial.node().port());
  auto& program = trial.node().program();
  wait_until(
      [&] { return trial.clients().is_idle() || !program.is_running(); });
  const auto has_settled = table_bytes(trial) >= before + settled_bytes;
  if (program.is_running()) {
    ::kill(holder_of(trial.data_dir()), SIGTERM);
    program.wait(patience);
  }
  return has_settled;
}

/// One life that ends before call number `point`, and the life after it.
/// False if it ended by itself before that.
bool die_at(unsigned point, const std::string& calls, const load_plan& plan,
            fates& sum) {
  CAPTURE(point);
  campaign trial{plan, in_memory()};
  trial.launch(strace({calls, "signal=KILL", std::to_string(point),
                       journal_paths(trial.data_dir())}));
  const auto has_settled = trial.node().wait_ready() && live(trial);
  auto& program = trial.node().program();
  const auto end = program.wait(0ms);
  const auto has_died = is_killed(end);
  REQUIRE_MESSAGE((has_died || end == process_end{0, false}), program.out(),
                  program.err());
  trial.clients().stop();
  trial.start();
  sum.acknowledged += trial.close();
  sum.died += has_died ? 1 : 0;
  sum.settled += has_died && has_settled ? 1 : 0;
  return has_died;
}

/// Before each of the first calls; then, if there is a stride, before some of
/// all others that a life has.
void die_everywhere(const std::string& calls) {
  if (!can_trace())
    return;
  auto random = seeded_engine();
  const auto points = count_from_environment("FAULT_POINTS", 60);
  const auto stride = count_from_environment("FAULT_STRIDE", 0);
  fates sum;
  const auto die = [&](unsigned point) {
    auto plan = plan_of(random());
    plan.clients = 3;
    plan.requests_max = stride == 0 ? 0 : long_life;
    return die_at(point, calls, plan, sum);
  };
  for (unsigned point = 1; point <= points; ++point)
    CHECK(die(point));
  if (stride != 0)
    for (auto point = points + 1 + random() % stride;
         die(static_cast<unsigned>(point)); point += stride)
      continue;
  CHECK(sum.died > 0);
  CHECK((stride == 0 || sum.settled > 0));
  CHECK(sum.acknowledged > 0);
  tell("SIGKILL at every Nth write, fsync, rename", sum.died,
       {{"after_settling", sum.settled},
        {"least_acknowledged", sum.acknowledged}});
}

} // namespace

TEST_CASE("a kill before any of the first writes loses nothing") {
  die_everywhere(write_calls);
}

TEST_CASE("a kill before any of the first syncs loses nothing") {
  die_everywhere(sync_calls);
}
