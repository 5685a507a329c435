#include <doctest/doctest.h>

#include <sstream>

#include "src/history/history.hpp"
#include "tests/checker/faulty_node.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr int runs = 20;
constexpr int steps = 500;

std::string write(const evidence& of) {
  std::ostringstream out;
  history::history_writer to{out};
  checker::terms with;
  with.expiry_tolerance_ms = 200;
  with.is_real_time = true;
  to.write(with);
  for (const auto& call : of.calls)
    to.write(call);
  for (std::size_t i = 0; i < of.journal.size(); ++i)
    to.write(of.journal[i], &of.owners[i]);
  for (const auto& had : of.tenures)
    to.write(had);
  for (const auto& end : of.finals)
    to.write(end);
  for (const auto& shown : of.view)
    to.write(shown);
  return out.str();
}

evidence read(const std::string& text) {
  std::istringstream in{text};
  history::told told;
  history::read_history(in, "it", told);
  return {std::move(told.calls),   std::move(told.journal),
          std::move(told.finals),  std::move(told.owners),
          std::move(told.tenures), std::move(told.central)};
}

/// What `GET /api/events` tells of an event.
event as_in_feed(event of) {
  const auto ref = of.hold.ref;
  of.hold = {};
  of.hold.ref = ref;
  of.from.fingerprint = {};
  of.prev_seq = 0;
  return of;
}

std::string describe_owners(const evidence& of) {
  return checker::describe(
      checker::check_owners(of.journal, of.owners, of.tenures));
}

} // namespace

TEST_CASE("a history is read as it was written") {
  const auto seed = seeded_engine()();
  for (int i = 0; i < runs; ++i) {
    const auto told =
        faulty_node{bug::none, seed + static_cast<unsigned>(i)}.run(steps);
    const auto text = write(told);
    const auto again = read(text);
    CHECK(write(again) == text);
    CHECK(again.calls.size() == told.calls.size());
    CHECK(checker::check(again.calls, again.journal, again.finals).empty());
    CHECK(again.view.size() == told.view.size());
    CHECK(checker::check_central(again.journal, again.view).empty());
  }
}

TEST_CASE("what a feed does not tell is not written") {
  auto told = faulty_node{bug::none, seeded_engine()()}.run(steps);
  std::erase_if(told.journal,
                [](const event& each) { return !each.has_hold(); });
  REQUIRE_FALSE(told.journal.empty());
  for (auto& change : told.journal) {
    change = as_in_feed(std::move(change));
    std::ostringstream out;
    history::history_writer{out}.write(change);
    CHECK(out.str().find("prevSeq") == std::string::npos);
    CHECK(out.str().find("\"reservation\"") == std::string::npos);
    const auto again = read(out.str()).journal.at(0);
    CHECK(again.hold.ref == change.hold.ref);
    CHECK(again.hold.quantity == 0);
  }
}

TEST_CASE("a sync that counts twice does so in the file too") {
  const auto seed = seeded_engine()();
  int broken = 0;
  for (int i = 0; i < runs; ++i) {
    const auto told =
        faulty_node{bug::counts_twice, seed + static_cast<unsigned>(i)}.run(
            steps);
    const auto again = read(write(told));
    const auto found = checker::check_central(again.journal, again.view);
    CHECK(
        checker::describe(found)
        == checker::describe(checker::check_central(told.journal, told.view)));
    broken += found.empty() ? 0 : 1;
  }
  CHECK(broken > 0);
}

TEST_CASE("what is broken is broken in the file too") {
  const auto seed = seeded_engine()();
  for (const auto planted :
       {bug::double_apply, bug::copied_twice, bug::ignored_epoch,
        bug::unheard_grant, bug::snapshot_off_by_one}) {
    const std::string name = name_of(planted);
    CAPTURE(name);
    int broken = 0;
    for (int i = 0; i < runs; ++i) {
      auto told =
          faulty_node{planted, seed + static_cast<unsigned>(i)}.run(steps);
      told.view.clear();
      const auto here = checker::describe(
          checker::check(told.calls, told.journal, told.finals));
      const auto there = read(write(told));
      CHECK(checker::describe(
                checker::check(there.calls, there.journal, there.finals))
            == here);
      const auto owners = describe_owners(told);
      CHECK(describe_owners(there) == owners);
      broken += here.empty() && owners.empty() ? 0 : 1;
    }
    CHECK(broken > 0);
  }
}

TEST_CASE("events of the feed do, though they tell less of their holds") {
  const auto seed = seeded_engine()();
  for (const auto planted : {bug::none, bug::oversell, bug::early_expiry}) {
    const std::string name = name_of(planted);
    CAPTURE(name);
    int broken = 0;
    for (int i = 0; i < runs; ++i) {
      auto told =
          faulty_node{planted, seed + static_cast<unsigned>(i)}.run(3 * steps);
      for (auto& change : told.journal)
        change = as_in_feed(std::move(change));
      const auto found = checker::check(told.calls, told.journal, told.finals);
      broken += found.empty() ? 0 : 1;
      if (planted == bug::none)
        CHECK_MESSAGE(found.empty(), checker::describe(found));
    }
    CHECK((broken > 0) == (planted != bug::none));
  }
}
