// SIGTERM and SIGINT under load: everything in flight is finished, nothing
// new is begun.
#include <doctest/doctest.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <memory>

#include "holdfast/limits.hpp"
#include "src/storage/verify.hpp"
#include "tests/faults/campaign.hpp"
#include "tests/support/figures.hpp"
#include "tests/support/pace.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// What those got who came after the signal, each on a connection of its own.
struct newcomers {
  unsigned served_late = 0;
  unsigned shutting_down = 0;
  unsigned not_accepted = 0;
  unsigned reset = 0;
  unsigned others = 0;

  /// Asks until nobody accepts.
  void ask(std::uint16_t port) {
    for (;;) {
      const auto got =
          http_client{port}.ask("GET", "/api/inventory/stores/store-1/"
                                       "inventory/sku-0");
      if (got.is == http_result::fate::not_sent) {
        ++not_accepted;
        return;
      }
      note(got);
    }
  }

  void add(const newcomers& more) {
    served_late += more.served_late;
    shutting_down += more.shutting_down;
    not_accepted += more.not_accepted;
    reset += more.reset;
    others += more.others;
  }

private:
  void note(const http_result& got) {
    if (got.is == http_result::fate::unknown)
      ++reset;
    else if (got.status() == 503 && !got.response.field("Retry-After").empty()
             && got.response.body.find("shutting_down") != std::string::npos)
      ++shutting_down;
    else if (shutting_down == 0 && (got.status() == 200 || got.status() == 404))
      // The signal was still on its way.
      ++served_late;
    else
      ++others;
  }
};

constexpr double drain_ms_max = 10'000 * slowdown;

/// Whose request was cut off, because the node had not read it when it ended,
/// was not served: asked again, it is no replay.
void check_answered(const std::vector<call>& calls) {
  std::map<std::string, bool> is_cut_off;
  unsigned count = 0;
  for (const auto& each : calls) {
    const auto& key = each.seen.ask.from.key;
    if (key.empty() || each.is_put_off())
      continue;
    const auto [first, is_new] = is_cut_off.emplace(key, each.status == 0);
    if (is_new || !first->second || each.status == 0)
      continue;
    CHECK_FALSE(each.seen.answer.replayed);
    first->second = false;
    ++count;
  }
  MESSAGE(count << " requests were cut off unread");
}

/// The view had a last round, and every SKU its snapshot: the next start has
/// no log to read.
void check_left_in_order(campaign& trial) {
  CHECK(trial.node().program().err().find(
            R"("event":"last_round","complete":true)")
        != std::string::npos);
  const auto left = storage::verify_journal(trial.data_dir());
  CHECK(left.ok());
  CHECK(left.skus > 0);
  CHECK(left.snapshots >= left.skus);
}

/// Milliseconds from the signal to the exit.
double stop_by(int signal, campaign& trial, newcomers& sum) {
  newcomers late;
  trial.start();
  REQUIRE(trial.clients().settle(trial.node().port()));
  trial.run_load(300ms);
  const auto begin = clock::now();
  trial.node().program().send(signal);
  late.ask(trial.node().port());
  const auto end = trial.node().program().wait(patience);
  const std::chrono::duration<double, std::milli> took = clock::now() - begin;
  CHECK(end == process_end{0, false});
  trial.clients().stop();
  check_left_in_order(trial);
  sum.add(late);
  return took.count();
}

} // namespace

TEST_CASE("a node that is told to stop finishes what it began") {
  auto random = seeded_engine();
  const auto stops = count_from_environment("FAULT_STOPS", 10);
  auto plan = plan_of(random());
  plan.clients = 8;
  campaign trial{plan, on_disk()};
  newcomers late;
  double slowest_ms = stop_by(SIGINT, trial, late);
  for (unsigned i = 0; i < stops; ++i)
    slowest_ms = std::max(slowest_ms, stop_by(SIGTERM, trial, late));
  const auto calls = trial.clients().calls();
  CHECK(late.others == 0);
  CHECK(slowest_ms < std::chrono::milliseconds{limits::exit_deadline}.count());
  for (const auto& each : calls)
    if (each.is_put_off())
      CHECK(each.seen.answer.code == error_code::shutting_down);
  CHECK(slowest_ms <= drain_ms_max);
  tell("SIGTERM under load", stops + 1,
       {{"least_acknowledged", count(calls).acknowledged},
        {"newcomers_put_off", late.shutting_down},
        {"newcomers_not_accepted", late.not_accepted},
        {"newcomers_reset", late.reset},
        {"slowest_drain_ms", slowest_ms}});
  trial.start();
  trial.finish();
  check_answered(trial.clients().calls());
}

TEST_CASE("who waits to be accepted when a node is told to stop is answered") {
  campaign trial{plan_of(1), in_memory()};
  trial.start();
  auto& program = trial.node().program();
  program.send(SIGSTOP);
  std::vector<std::unique_ptr<raw_client>> waiting;
  for (int i = 0; i < 300; ++i) {
    waiting.push_back(std::make_unique<raw_client>(trial.node().port()));
    REQUIRE(
        waiting.back()->send("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n"));
  }
  program.send(SIGTERM);
  program.send(SIGCONT);
  unsigned put_off = 0;
  for (const auto& each : waiting) {
    const auto got = each->receive();
    REQUIRE(got.has_value());
    CHECK((got->status == 200 || got->status == 503));
    put_off += got->status == 503;
  }
  CHECK(program.wait(patience) == process_end{0, false});
  MESSAGE(put_off << " of " << waiting.size() << " were put off");
}

TEST_CASE("a second process on a data directory does not start") {
  campaign trial{plan_of(1), in_memory()};
  trial.start();
  const auto holder = "pid " + std::to_string(trial.node().program().pid());
  process_plan second;
  second.command = {holdfast_program(), "serve", "--port=0",
                    "--data-dir=" + trial.data_dir()};
  second.out_path = trial.directory() + "/second-out";
  second.err_path = trial.directory() + "/second-err";
  CHECK(run(second, patience) == process_end{2, false});
  const auto said = read_text(second.err_path);
  CHECK_MESSAGE(said.find(holder) != std::string::npos, said);
  CHECK_MESSAGE(said.find(trial.data_dir()) != std::string::npos, said);
  trial.close();
}
