// The journal on a disk that loses power, in every place and in many ways.
#include <doctest/doctest.h>

#include "harness.hpp"
#include "src/storage/verify.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// Operations of the disk that a start has at most.
constexpr std::uint64_t start_max = 80;

std::string fault_of(simulated_place& at) {
  const auto found = verify_journal(at.options().data_dir, at.disk());
  return found.ok() ? "" : found.fault->what;
}

} // namespace

TEST_CASE("power that goes at any moment of a start takes nothing along") {
  for (std::uint64_t nth = 1; nth <= start_max; ++nth)
    for (std::uint64_t seed = 0; seed < 25; ++seed) {
      simulated_place at;
      workload work(seed, 3);
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
      REQUIRE(fault_of(at) == "");
      REQUIRE(at.open()->last_seq() == work.events().size());
    }
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
      workload work(seed, 3);
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
    {
      const auto log = at.open();
      seen = log->last_seq();
      at.disk().cut_power(seed);
    }
    at.disk().turn_on();
    INFO("seed ", seed);
    REQUIRE_NOTHROW(at.open());
    REQUIRE(at.open()->last_seq() == seen);
    REQUIRE(fault_of(at) == "");
  }
}
