// What a first start leaves that did not come to its end.
#include <doctest/doctest.h>

#include "harness.hpp"
#include "src/storage/verify.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// True for a sound journal, false for none. There must not be a fault.
bool is_there(simulated_place& at) {
  try {
    const auto report = verify_journal(at.options().data_dir, at.disk());
    REQUIRE_MESSAGE(report.ok(), report.fault->what);
    CHECK(report.batches == 0);
    return true;
  } catch (const journal_error& error) {
    REQUIRE_MESSAGE(error.is() == journal_error::kind::failed, error.what());
    REQUIRE(std::string{error.what()}.find("there is no journal")
            != std::string::npos);
    return false;
  }
}

} // namespace

TEST_CASE("a journal whose first start was killed is none yet, or sound") {
  int there = 0;
  int missing = 0;
  auto is_killed = true;
  for (std::uint64_t nth = 1; is_killed; ++nth) {
    CAPTURE(nth);
    simulated_place at;
    at.disk().plan(nth, mishap::process_end, 0);
    try {
      at.open();
    } catch (const journal_error&) {
      CHECK(at.disk().is_off());
    }
    is_killed = at.disk().is_off();
    at.disk().turn_on();
    ++(is_there(at) ? there : missing);
    CHECK(at.open()->last_seq() == 0);
  }
  CHECK(there > 1);
  CHECK(missing > 1);
}
