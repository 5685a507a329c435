// What a run of load finds out about a target, and writes down.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "src/cli/load/load_run.hpp"
#include "src/history/history.hpp"
#include "tests/load/short_order.hpp"
#include "tests/load/small_target.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace holdfast::test;

namespace {

load_figures run_told(const config::load_order& order, lie with,
                      std::ostream* history = nullptr) {
  small_target on{with};
  std::ostringstream progress;
  return load_run{order, on, seeded_engine()(), progress, history}.run();
}

std::set<int> items_of(const load_figures& of) {
  std::set<int> made;
  for (const auto& each : of.verdict.value().found)
    made.insert(each.item);
  return made;
}

} // namespace

TEST_CASE("a target that lies is found") {
  CHECK(
      items_of(run_told(short_order("uniform"), lie::event_lost)).contains(4));
  CHECK(items_of(run_told(short_order("uniform"), lie::event_doubled))
            .contains(4));
  CHECK(items_of(run_told(short_order("uniform"), lie::wrong_balance))
            .contains(5));
  CHECK(items_of(run_told(short_order("uniform"), lie::stranger)).contains(2));
  for (const auto what :
       {lie::wrong_available, lie::odd_event, lie::wrong_last_look})
    CHECK(items_of(run_told(short_order("uniform"), what)) == std::set<int>{5});
  for (const auto what : {lie::counted_twice, lie::not_counted})
    CHECK(items_of(run_told(short_order("uniform"), what)) == std::set<int>{7});
}

TEST_CASE("holds that live on after their time are found") {
  auto order = short_order("mixed");
  // Longer than a hold of a second may live.
  order.seconds = 3;
  order.rate = 1'000;
  CHECK(items_of(run_told(order, lie::late_expiry)) == std::set<int>{5});
  const auto honest = run_told(order, lie::none);
  CHECK_MESSAGE(honest.ok(), checker::describe(honest.verdict.value().found));
}

TEST_CASE("who may not see the central view does without") {
  const auto figures = run_told(short_order("uniform"), lie::no_view);
  CHECK(figures.ok());
  CHECK_FALSE(figures.verdict.value().has_view);
  const std::string line{"item 7: not checked against the central view"};
  CHECK(to_json(figures, {}).find(line) != std::string::npos);
  const auto seen = run_told(short_order("uniform"), lie::none);
  CHECK(to_json(seen, {}).find(line) == std::string::npos);
  CHECK(to_json(seen, {}).find("item 8: not checked") != std::string::npos);
}

TEST_CASE("the history of a run can be judged again") {
  std::stringstream file;
  const auto figures = run_told(short_order("mixed"), lie::none, &file);
  history::told told;
  history::read_history(file, "run.jsonl", told);
  CHECK_FALSE(told.is_part);
  CHECK(told.with.is_real_time);
  CHECK(told.calls.size() == figures.verdict.value().calls);
  CHECK(told.journal.size() == figures.verdict->watched_events);
  CHECK(told.central.size() == told.finals.size());
  CHECK(checker::check_skus(told.calls, told.journal, told.finals, told.with)
            .empty());
  CHECK(checker::check_numbers(told.journal).empty());
  CHECK(checker::check_central(told.journal, told.central).empty());
}

TEST_CASE("a history says that it is a part where events are left out") {
  const auto is_part = [](const config::load_order& order, lie with) {
    std::stringstream file;
    run_told(order, with, &file);
    history::told told;
    history::read_history(file, "run.jsonl", told);
    return told.is_part;
  };
  auto order = short_order("uniform");
  CHECK_FALSE(is_part(order, lie::none));
  CHECK(is_part(order, lie::stranger));
  order.skus = 200;
  order.rate = 0;
  order.record_max = 2'000;
  CHECK(is_part(order, lie::none));
}

TEST_CASE("what is available is kept in the history of a run") {
  std::stringstream file;
  run_told(short_order("mixed"), lie::wrong_available, &file);
  history::told told;
  history::read_history(file, "run.jsonl", told);
  for (const auto& call : told.calls)
    CHECK((call.answer.available == absent)
          == !(call.known && call.answer.ok()));
  for (const auto& end : told.finals)
    CHECK(end.available == end.record.available());
}

TEST_CASE("a target that is gone for good leaves what callers were told") {
  small_target on{lie::gone};
  std::ostringstream progress;
  std::stringstream file;
  const auto figures =
      load_run{short_order("uniform"), on, seeded_engine()(), progress, &file}
          .run();
  CHECK_FALSE(figures.ok());
  CHECK(figures.cut_short == "it is gone");
  CHECK_FALSE(figures.verdict);
  CHECK(figures.whole.counts.answers() > 100);
  CHECK(figures.whole.span_s > 0);
  history::told told;
  history::read_history(file, "run.jsonl", told);
  CHECK(told.is_part);
  CHECK(told.finals.empty());
  std::vector<event> log;
  on.read_events([&](const std::string&, event&& change, std::int64_t) {
    log.push_back(std::move(change));
  });
  CHECK(log.size() > 100);
  // What was under way is there, too: nothing happened that nobody asked for.
  const auto found = checker::check_skus(told.calls, log, {}, told.with);
  CHECK_MESSAGE(found.empty(), checker::describe(found));
}
