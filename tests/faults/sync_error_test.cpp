// Syncs that fail: what reached the disk is unknown, so nothing more may be
// promised.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "tests/faults/campaign.hpp"
#include "tests/faults/strace.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;

/// The contract is a second; ten are for a machine that does other things.
constexpr double stop_ms_max = 1'000 * leniency;
/// Where another thread meets the failure than the one that makes writes
/// durable, which it was not needed for, that one learns of it so much later.
constexpr auto word_ns_max = std::int64_t{20'000'000} * leniency;

struct stopping {
  unsigned trials = 0;
  double slowest_ms = 0;
  std::size_t least = std::numeric_limits<std::size_t>::max();
};

/// No write that was asked for after the failure was acknowledged.
void check_silence(const std::vector<call>& calls, std::int64_t failed_ns) {
  CHECK(std::none_of(calls.begin(), calls.end(), [=](const call& each) {
    return is_write(each.seen.ask.from.what) && each.seen.known
           && each.seen.answer.ok() && each.seen.called_ns > failed_ns;
  }));
}

/// The node loses the sync of `file` that `when` says, and then itself.
void fail_sync(const std::string& file, const std::string& when,
               std::uint64_t seed, std::int64_t word_ns, stopping& into) {
  CAPTURE(file);
  CAPTURE(when);
  campaign trial{plan_of(seed), in_memory()};
  const auto log = trial.directory() + "/syncs";
  trial.launch(strace(
      {sync_calls, "error=EIO", when, {trial.data_dir() + "/" + file}, log}));
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  trial.run_load(2 * patience);
  const auto ended = std::chrono::steady_clock::now().time_since_epoch();
  const auto end = trial.node().program().wait(0ms);
  trial.clients().stop();
  REQUIRE(end);
  CHECK(*end == process_end{1, false});
  const auto failed_ns = injected_ns(log);
  REQUIRE(failed_ns);
  const auto stop_ms =
      static_cast<double>(std::chrono::nanoseconds(ended).count() - *failed_ns)
      / 1e6;
  CHECK(stop_ms <= stop_ms_max);
  check_silence(trial.clients().calls(), *failed_ns + word_ns);
  trial.start();
  trial.finish();
  into.least =
      std::min(into.least, count(trial.clients().calls()).acknowledged);
  ++into.trials;
  into.slowest_ms = std::max(into.slowest_ms, stop_ms);
}

/// One of the syncs from `first` to four times that.
void fail_syncs(const std::string& file, unsigned first,
                const std::string& suffix, std::int64_t word_ns = 0) {
  if (!can_trace())
    return;
  auto random = seeded_engine();
  const auto trials = count_from_environment("FAULT_SYNCS", 5);
  stopping sum;
  for (unsigned trial = 0; trial < trials; ++trial)
    fail_sync(file, std::to_string(first + random() % (3 * first)) + suffix,
              random(), word_ns, sum);
  tell(
      "fsync EIO once / for ever", sum.trials,
      {{"slowest_stop_ms", sum.slowest_ms}, {"least_acknowledged", sum.least}});
}

} // namespace

TEST_CASE("a failed sync of the redo log stops the node") {
  fail_syncs("redo", 12, "");
}

TEST_CASE("a redo log that cannot be synced any more stops the node") {
  fail_syncs("redo", 12, "+");
}

TEST_CASE("a failed sync of the tables stops the node") {
  // Three are of the start, and the next come once in a thousand changes. The
  // thread that moves the log syncs it, too.
  fail_syncs("journal.db-wal", 4, "", word_ns_max);
}

TEST_CASE("a failed sync of the database stops the node") {
  fail_syncs("journal.db", 3, "", word_ns_max);
}

TEST_CASE("a failed sync of the database stops a node that is at rest") {
  if (!can_trace())
    return;
  campaign trial{plan_of(1), in_memory()};
  // Two are of the start, the next one is of the thread that moves the log.
  trial.launch(strace({sync_calls,
                       "error=EIO:delay_enter=3000000",
                       "3",
                       {trial.data_dir() + "/journal.db"}}));
  REQUIRE_MESSAGE(trial.node().wait_ready(), trial.node().program().err());
  const auto database = trial.data_dir() + "/journal.db";
  const auto size = std::filesystem::file_size(database);
  trial.clients().start(trial.node().port());
  // What was moved is there before it is synced.
  REQUIRE(
      wait_until([&] { return std::filesystem::file_size(database) > size; }));
  trial.clients().stop();
  CHECK_FALSE(trial.node().program().wait(0ms));
  const auto end = trial.node().program().wait(patience);
  CHECK(end == process_end{1, false});
  trial.start();
  trial.finish();
}

TEST_CASE("a failed sync of the mark stops the node") {
  fail_syncs("high-water", 3, "");
}

TEST_CASE("a mark that cannot be synced any more stops the node") {
  fail_syncs("high-water", 3, "+");
}

TEST_CASE("a node that cannot sync at its start does not start") {
  if (!can_trace())
    return;
  for (const auto* file :
       {"journal.db", "journal.db-wal", "redo", "high-water.new"}) {
    CAPTURE(file);
    campaign trial{plan_of(1), in_memory()};
    trial.launch(strace(
        {sync_calls, "error=EIO", "1+", {trial.data_dir() + "/" + file}}));
    CHECK_FALSE(trial.node().wait_ready());
    const auto end = trial.node().program().wait(patience);
    CHECK(end == process_end{1, false});
    CHECK(trial.node().program().err().find("holdfast: ") == 0);
    trial.start();
    trial.close();
  }
}
