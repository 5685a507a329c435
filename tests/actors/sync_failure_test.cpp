// The central view where something does not work.
#include <doctest/doctest.h>

#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>

#include "actors/ledger_pack.hpp"
#include "holdfast/limits.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// Asks without waiting.
struct caller {
  int answered = 0;
  round_answer said;

  void ask(world& in) {
    caf::anon_send(
        in.sync.rounds,
        round_request{in.schedule.clock().now() + limits::request_deadline,
                      [this](const round_answer& answer) {
                        ++answered;
                        said = answer;
                      }});
  }
};

void pace(world& in, std::chrono::milliseconds interval) {
  caf::anon_send(in.sync.rounds, pace_request{interval, [](const sync_status&) {
                                              }});
  in.run();
}

} // namespace

TEST_CASE("a ledger that cannot be read leaves the view as it was") {
  auto with = world::unlimited();
  with.retry_times = 1;
  with.breaker_threshold = 0.5;
  world in{with};
  in.ask(world::make(action::adjust, "a", 10));
  in.ask_round();
  in.ask(world::make(action::adjust, "a", 10));
  in.disk->fail_reads(2);
  caller first;
  first.ask(in);
  in.run();
  in.pass(200ms);
  REQUIRE(first.answered == 1);
  CHECK(first.said.code == error_code::none);
  CHECK(first.said.report.failed_stores == with.stores);
  CHECK_FALSE(first.said.is_complete());
  CHECK_FALSE(in.board->view()->complete);
  CHECK(shown_on_hand(in, "a") == 10);
  CHECK(in.board->status().failures == 1);
  CHECK(in.board->counters.failures == 1);
  // Two of three questions failed: nobody asks for a while.
  CHECK(in.board->status().breaker == breaker_policy::state::open);
  CHECK(in.board->counters.breaker.state == breaker_policy::state::open);
  caller second;
  second.ask(in);
  in.run();
  REQUIRE(second.answered == 1);
  CHECK(second.said.code == error_code::circuit_open);
  CHECK_FALSE(second.said.is_complete());
  CHECK(second.said.retry_after > 29s);
  const auto& refused = in.board->counters.breaker.refused;
  CHECK(refused.get() == 1);
  // Rounds that begin by themselves are refused no less.
  pace(in, 1'000ms);
  in.pass(1'000ms);
  CHECK(refused.get() == 2);
  pace(in, 0ms);
  in.pass(30'000ms);
  // Nobody had to ask to be told.
  CHECK(in.board->status().breaker == breaker_policy::state::half_open);
  CHECK(in.board->counters.breaker.state == breaker_policy::state::half_open);
  CHECK(in.ask_round().is_complete());
  CHECK(shown_on_hand(in, "a") == 20);
}

TEST_CASE("what a journal that failed shows is not taken for the end of it") {
  auto with = world::unlimited();
  with.retry_times = 1;
  world in{with};
  in.ask(world::make(action::adjust, "a", 10));
  in.ask_round();
  in.disk->fail_commit_at(1, journal_error::kind::failed);
  CHECK_FALSE(in.ask(world::make(action::adjust, "a", 1)).ok());
  caller first;
  first.ask(in);
  in.run();
  in.pass(200ms);
  REQUIRE(first.answered == 1);
  CHECK(first.said.code == error_code::none);
  CHECK(first.said.report.failed_stores == with.stores);
  CHECK_FALSE(in.board->view()->complete);
  CHECK(shown_on_hand(in, "a") == 10);
  CHECK(in.drifts.empty());
}

TEST_CASE("callers beyond permits and queue are refused at once") {
  auto with = world::unlimited();
  with.concurrency_sync = 1;
  world in{with};
  in.disk->fail_reads(1);
  std::vector<caller> callers(limits::sync_queue_max + 2);
  for (auto& each : callers)
    each.ask(in);
  in.run();
  CHECK(callers.back().answered == 1);
  CHECK(callers.back().said.code == error_code::bulkhead_full);
  CHECK(callers.front().answered == 0);
  const auto& bulkhead = in.board->counters.callers;
  CHECK(bulkhead.refused.get() == 1);
  CHECK(bulkhead.in_use == 1);
  CHECK(bulkhead.queued == limits::sync_queue_max);
  in.pass(100ms);
  for (const auto& each : callers)
    CHECK(each.answered == 1);
  CHECK(callers.front().said.code == error_code::none);
  CHECK(in.board->status().rounds == limits::sync_queue_max + 1);
  CHECK(bulkhead.in_use == 0);
  CHECK(bulkhead.queued == 0);
}

TEST_CASE("nobody is left without an answer when the actors end") {
  world in;
  in.disk->fail_reads(1);
  caller waits;
  waits.ask(in);
  in.run();
  CHECK(waits.answered == 0);
  in.sync.finish();
  in.run();
  CHECK(waits.answered == 1);
  CHECK(waits.said.code == error_code::shutting_down);
}

TEST_CASE("questions to ledgers and their answers may travel") {
  world in;
  const balances is{5, 2, 1, 0, 7, 1'000};
  const ledger_position from{
      ledger_position::phase::records, "S", "A", 9, {7, 8}};
  collect asked{3, 4, from};
  collected said{3, 4, {}, "no", {}};
  said.page.records.push_back({"S", "A", is});
  said.page.changes.push_back({8, "S", "B", -1, 2, is});
  said.page.next = from;
  said.page.last_seq = 11;
  said.page.is_other = true;
  pack(said);
  std::vector<char> bytes;
  caf::binary_serializer out{in.system, bytes};
  REQUIRE_FALSE(out(asked, said));
  collect asked_there;
  collected said_there;
  caf::binary_deserializer back{in.system, bytes};
  REQUIRE_FALSE(back(asked_there, said_there));
  unpack(said_there);
  CHECK(asked_there.source == 3);
  CHECK(asked_there.number == 4);
  CHECK(asked_there.from == from);
  CHECK(said_there.number == 4);
  CHECK(said_there.failure == "no");
  CHECK(said_there.page.next == from);
  CHECK(said_there.page.last_seq == 11);
  CHECK(said_there.page.is_other);
  REQUIRE(said_there.page.records.size() == 1);
  CHECK(said_there.page.records[0].sku == "A");
  CHECK(said_there.page.records[0].is == is);
  REQUIRE(said_there.page.changes.size() == 1);
  CHECK(said_there.page.changes[0].seq == 8);
  CHECK(said_there.page.changes[0].delta == -1);
  CHECK(said_there.page.changes[0].reserved_delta == 2);
  CHECK(said_there.page.changes[0].after == is);
}
