// A disk that does not give what is on it: the journal may be sound.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "harness.hpp"
#include "src/storage/roster_file.hpp"
#include "src/storage/verify.hpp"
#include "temp_dir.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// More than `verify` or a start has reads here.
constexpr std::uint64_t reads_max = 150;

/// True if `work` could not be done, which must not be called damage.
template <class F>
bool cannot(F work) {
  try {
    work();
    return false;
  } catch (const journal_error& error) {
    REQUIRE_MESSAGE(error.is() == journal_error::kind::failed, error.what());
    return true;
  }
}

/// How often `work` could not be done, with an error in each read of it.
template <class F>
int count_refusals(simulated_place& at, F work) {
  int refusals = 0;
  for (std::uint64_t nth = 1; nth <= reads_max; ++nth) {
    CAPTURE(nth);
    at.disk().plan(nth, mishap::read_error, 0);
    refusals += cannot(work) ? 1 : 0;
    at.disk().heal();
  }
  return refusals;
}

} // namespace

TEST_CASE("a journal that cannot be read is not called damaged") {
  simulated_place at;
  workload work(9, 20);
  {
    auto log = at.open();
    for (auto i = 0; i < 30; ++i) {
      work.transact(*log, 10);
      log->checkpoint(3, false);
    }
  }
  const auto verify = [&] {
    const auto report = verify_journal(at.options().data_dir, at.disk());
    REQUIRE_MESSAGE(report.ok(), report.fault->what);
    CHECK(report.events == work.events().size());
  };
  CHECK(count_refusals(at, verify) > 10);
  CHECK(count_refusals(at, [&] { at.open(); }) > 10);
  verify();
  check_content(*at.open(), work);
}

TEST_CASE("a name that cannot be looked up is not called missing") {
  const temp_dir dir;
  auto& disk = *system_disk();
  CHECK_FALSE(disk.exists(dir / "none"));
  // Where a link to itself leads nobody can tell.
  const auto loop = dir / "loop";
  std::filesystem::create_symlink("loop", loop);
  CHECK(cannot([&] { disk.exists(loop); }));
  // Else a member of a cluster would found another one.
  CHECK(cannot([&] { read_roster(disk, loop); }));
  try {
    verify_journal(loop);
    FAIL("a journal was found");
  } catch (const journal_error& error) {
    const std::string what = error.what();
    CHECK_MESSAGE(what.find("there is no journal") == what.npos, what);
  }
}
