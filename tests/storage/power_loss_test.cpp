// The journal on a disk that loses power, in every place and in many ways.
#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"
#include "holdfast/limits.hpp"
#include "src/storage/verify.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// Operations of the disk that a start has at most.
constexpr std::uint64_t start_max = 80;

/// And a few transactions.
constexpr std::uint64_t work_max = 80;
/// Percent.
constexpr std::uint64_t few_letters = 30;

/// One transaction, after which `before` is what everybody knows. False if the
/// journal failed, which is its end.
bool try_transact(journal& log, workload& work, workload& before) {
  try {
    log.begin();
    work.write(log, 6);
    log.commit();
    work.committed();
    before = work;
    return true;
  } catch (const journal_error&) {
    return false;
  }
}

bool is_content(journal& log, const workload& work) {
  return log.last_seq() == work.events().size()
         && !log.answer_at(work.answers().size() + 1) && has_letters(log, work);
}

std::string fault_on(simulated_place& at) {
  const auto found = verify_journal(at.options().data_dir, at.disk());
  return found.ok() ? "" : found.fault->what;
}

} // namespace

TEST_CASE("power that goes at any moment of a start takes nothing along") {
  for (std::uint64_t nth = 1; nth <= start_max; ++nth)
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      simulated_place at;
      workload work(seed, 3, seed % 2 * few_letters);
      {
        auto log = at.open();
        for (int i = 0; i < 3; ++i)
          work.transact(*log, 4);
        at.disk().end_process();
      }
      at.disk().turn_on();
      at.disk().plan(nth, mishap::power_cut, seed);
      try {
        at.open();
      } catch (const journal_error&) {
        REQUIRE(at.disk().is_off());
      }
      at.disk().end_process();
      at.disk().turn_on();
      INFO("operation ", nth, ", seed ", seed);
      REQUIRE_NOTHROW(at.open());
      REQUIRE(fault_on(at) == "");
      const auto log = at.open();
      REQUIRE(log->last_seq() == work.events().size());
      REQUIRE(has_letters(*log, work));
    }
}

TEST_CASE("power that goes at any moment of a commit takes no letter along, "
          "and nothing beside it") {
  std::uint64_t cuts = 0;
  std::uint64_t letters = 0;
  for (std::uint64_t nth = 1; nth <= work_max; ++nth)
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      INFO("operation ", nth, ", seed ", seed);
      simulated_place at;
      workload work(seed, 3, few_letters);
      work.transact(*at.open(), 6);
      auto before = work;
      auto after = work;
      {
        auto log = at.open();
        at.disk().plan(nth, mishap::power_cut, seed);
        for (int i = 0; i < 8 && try_transact(*log, work, before); ++i)
          continue;
        after = work;
        cuts += at.disk().is_off() ? 1 : 0;
        at.disk().end_process();
      }
      at.disk().turn_on();
      auto log = at.open();
      // What nobody was told of is there, or it is not: as a whole.
      if (!is_content(*log, before)) {
        after.committed();
        before = after;
      }
      check_content(*log, before);
      log.reset();
      REQUIRE(fault_on(at) == "");
      letters += before.letters().size();
    }
  CHECK(cuts > work_max);
  CHECK(letters > cuts);
}

TEST_CASE("a first start that ends at any moment leaves no name behind that "
          "power takes") {
  for (std::uint64_t nth = 1; nth <= start_max; ++nth)
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      simulated_place at;
      at.disk().plan(nth, mishap::process_end, 0);
      try {
        at.open();
      } catch (const journal_error&) {
        REQUIRE(at.disk().is_off());
      }
      at.disk().end_process();
      at.disk().turn_on();
      workload work(seed, 3);
      {
        auto log = at.open();
        work.transact(*log, 4);
        at.disk().cut_power(seed);
      }
      at.disk().turn_on();
      INFO("operation ", nth, ", seed ", seed);
      REQUIRE_NOTHROW(at.open());
      REQUIRE(at.open()->last_seq() == work.events().size());
    }
}

TEST_CASE("a sync that failed leaves nothing behind that a later loss of power "
          "takes") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    simulated_place at;
    {
      auto log = at.open();
      workload work(seed, 3, seed % 2 * few_letters);
      work.transact(*log, 4);
      at.disk().plan(1, mishap::sync_error, seed);
      log->begin();
      // Enough that there is a row among them.
      work.write(*log, 40);
      CHECK_THROWS_AS(log->commit(), journal_error);
      at.disk().end_process();
    }
    at.disk().turn_on();
    // The next process believes what it sees, and goes on from there.
    std::uint64_t seen = 0;
    std::vector<dead_letter> letters;
    {
      const auto log = at.open();
      seen = log->last_seq();
      letters = log->letters(0, limits::dead_letters_max);
      at.disk().cut_power(seed);
    }
    at.disk().turn_on();
    INFO("seed ", seed);
    REQUIRE_NOTHROW(at.open());
    const auto log = at.open();
    REQUIRE(log->last_seq() == seen);
    const auto kept = log->letters(0, limits::dead_letters_max);
    REQUIRE(std::equal(
        kept.begin(), kept.end(), letters.begin(), letters.end(),
        [](const auto& one, const auto& other) { return same(one, other); }));
    REQUIRE(fault_on(at) == "");
  }
}
