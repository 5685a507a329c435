// What every journal promises, whatever it is made of.
#include <doctest/doctest.h>

#include "harness.hpp"
#include "holdfast/limits.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage::testing;

#define PLACES memory_place, sqlite_place, simulated_place, shared_place

namespace {

const sku_name rice{"store-2", "rice"};

} // namespace

TEST_CASE_TEMPLATE("a new journal is empty", place, PLACES) {
  place at;
  auto log = at.open();
  CHECK(log->last_seq() == 0);
  CHECK(log->last_time_ms() == 0);
  CHECK(!log->event_at(1));
  CHECK(!log->answer_at(1));
  CHECK(!log->closing_event(1));
  CHECK(log->scan(0, 10, {}).events.empty());
  const auto loaded = log->load(tea.first, tea.second, 0);
  CHECK(!loaded.state.exists());
  CHECK(loaded.keys.empty());
}

TEST_CASE_TEMPLATE("numbers are given in order, per SKU chained", place,
                   PLACES) {
  place at;
  auto log = at.open();
  stock of_tea;
  stock of_rice;
  log->begin();
  const auto one = append(*log, of_tea, delivery(of_tea, tea, 5, 10));
  const auto two = append(*log, of_rice, delivery(of_rice, rice, 6, 11));
  const auto three = append(*log, of_tea, delivery(of_tea, tea, 7, 12));
  log->commit();
  CHECK(one.seq == 1);
  CHECK(two.seq == 2);
  CHECK(three.seq == 3);
  CHECK(two.prev_seq == 0);
  CHECK(three.prev_seq == 1);
  CHECK(log->last_time_ms() == 12);
}

TEST_CASE_TEMPLATE("lookups see the open transaction", place, PLACES) {
  place at;
  auto log = at.open();
  stock state;
  log->begin();
  append(*log, state, delivery(state, tea, 5, 10, "k"));
  auto answer = refused(tea, 11, "l");
  log->remember(answer);
  CHECK(log->load(tea.first, tea.second, 0).state == state);
  CHECK(log->load(tea.first, tea.second, 0).keys.size() == 2);
  CHECK(log->event_at(1).has_value());
  CHECK(log->answer_at(1).has_value());
  CHECK(log->last_seq() == 1);
  log->rollback();
  CHECK(log->last_seq() == 0);
}

TEST_CASE_TEMPLATE("a rollback leaves nothing, and numbers go on", place,
                   PLACES) {
  place at;
  auto log = at.open();
  stock state;
  log->begin();
  append(*log, state, delivery(state, tea, 5, 10));
  log->commit();
  auto lost = state;
  log->begin();
  append(*log, lost, delivery(lost, tea, 1, 20, "k"));
  auto answer = refused(rice, 21, "l");
  log->remember(answer);
  log->snapshot(tea.first, tea.second, lost);
  log->rollback();
  CHECK(log->last_seq() == 1);
  CHECK(log->last_time_ms() == 10);
  CHECK(!log->event_at(2));
  CHECK(!log->answer_at(1));
  CHECK(log->load(tea.first, tea.second, 0).state == state);
  log->begin();
  CHECK(append(*log, state, delivery(state, tea, 2, 30)).seq == 2);
  log->commit();
  log.reset();
  CHECK(at.open()->load(tea.first, tea.second, 0).state == state);
}

TEST_CASE_TEMPLATE("an empty transaction changes nothing", place, PLACES) {
  place at;
  auto log = at.open();
  log->begin();
  log->commit();
  log->begin();
  log->rollback();
  CHECK(log->last_seq() == 0);
}

TEST_CASE_TEMPLATE("pages are filtered, bounded and in order", place, PLACES) {
  place at;
  auto log = at.open();
  stock of_tea;
  stock of_rice;
  log->begin();
  for (auto i = 0; i < 5; ++i)
    append(*log, of_tea, delivery(of_tea, tea, 1, i));
  append(*log, of_rice, delivery(of_rice, rice, 1, 300));
  log->commit();
  auto page = log->scan(3, 2, {});
  REQUIRE(page.events.size() == 2);
  CHECK(page.events[0].seq == 4);
  CHECK(page.last_seq == 5);
  CHECK(page.last_ms == page.events[1].after.updated_at_ms);
  CHECK_FALSE(page.is_last);
  page = log->scan(0, 2, {rice.first, rice.second});
  REQUIRE(page.events.size() == 1);
  CHECK(page.events[0].seq == 6);
  CHECK(page.last_seq == 6);
  CHECK(page.is_last);
  CHECK(log->scan(0, 1, {tea.first, ""}).last_seq == 1);
  CHECK(log->scan(6, 5, {}).last_seq == 6);
  CHECK(log->scan(999, 5, {}).events.empty());
  CHECK(log->scan(999, 5, {}).last_seq == 999);
  CHECK(log->scan(999, 5, {}).is_last);
  // The last that was read, which nobody wanted.
  page = log->scan(0, 6, {tea.first, tea.second});
  CHECK(page.events.size() == 5);
  CHECK(page.last_seq == 6);
  CHECK(page.last_ms == of_rice.now.updated_at_ms);
}

TEST_CASE_TEMPLATE("a page reads no more than its share of the log", place,
                   PLACES) {
  constexpr auto share = limits::page_rows_max;
  place at;
  auto log = at.open();
  stock of_tea;
  stock of_rice;
  log->begin();
  append(*log, of_tea, delivery(of_tea, tea, 1, 0));
  for (std::size_t i = 0; i < share; ++i)
    append(*log, of_rice, delivery(of_rice, rice, 1, 1));
  append(*log, of_tea, delivery(of_tea, tea, 1, 2));
  log->commit();
  auto page = log->scan(0, limits::page_max, {"", tea.second});
  CHECK(page.events.size() == 1);
  CHECK(page.last_seq == share);
  // Short, or even empty, is not the last.
  page = log->scan(1, 1, {"", tea.second});
  CHECK(page.events.empty());
  CHECK(page.last_seq == share + 1);
  CHECK(page.last_ms == of_rice.now.updated_at_ms);
  CHECK_FALSE(page.is_last);
  page = log->scan(page.last_seq, 1, {"", tea.second});
  REQUIRE(page.events.size() == 1);
  CHECK(page.events[0].seq == share + 2);
  page = log->scan(0, share + 2, {});
  CHECK(page.events.size() == share);
}

TEST_CASE_TEMPLATE("random business survives any number of openings", place,
                   PLACES) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    place at;
    workload work(seed);
    for (auto life = 0; life < 4; ++life) {
      auto log = at.open();
      for (auto i = 0; i < 10; ++i) {
        work.transact(*log, 12, work.random()() % 5 != 0);
        log->checkpoint(work.random()() % 4, false);
        if (work.random()() % 3 == 0)
          log->seal();
      }
      check_content(*log, work);
    }
    check_content(*at.open(), work);
  }
}
