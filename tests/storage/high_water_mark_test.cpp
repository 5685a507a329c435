// The mark by itself: what a loss of power can do to it.
#include <doctest/doctest.h>

#include "damage.hpp"
#include "harness.hpp"
#include "src/storage/high_water_mark.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

journal_end end_of(std::uint64_t batch) {
  journal_end end;
  end.batch = end.last_seq = batch;
  return end;
}

std::uint64_t latest(const std::string& dir) {
  return high_water_mark::read(dir)->latest.batch;
}

} // namespace

TEST_CASE("the newest mark is what was written last, synced or not") {
  temp_dir dir;
  high_water_mark::create(dir.path(), end_of(0));
  high_water_mark mark(dir.path());
  for (std::uint64_t batch = 1; batch < 20; ++batch) {
    mark.write(end_of(batch));
    if (batch % 3 == 0)
      mark.sync();
    REQUIRE(latest(dir.path()) == batch);
    REQUIRE_FALSE(high_water_mark::read(dir.path())->torn);
  }
}

TEST_CASE("writers that take turns never leave an old mark as the newest") {
  temp_dir dir;
  high_water_mark::create(dir.path(), end_of(0));
  high_water_mark marks[] = {high_water_mark(dir.path()),
                             high_water_mark(dir.path())};
  for (std::uint64_t batch = 1; batch < 60; ++batch) {
    auto& mark = marks[batch / 3 % 2];
    mark.follow();
    mark.write(end_of(batch));
    REQUIRE(latest(dir.path()) == batch);
    REQUIRE_FALSE(high_water_mark::read(dir.path())->torn);
    if (batch % 5 == 0)
      mark.sync();
  }
}

TEST_CASE("tearing what was not synced leaves the newest synced mark") {
  temp_dir dir;
  high_water_mark::create(dir.path(), end_of(0));
  std::uint64_t batch = 0;
  while (batch < 24) {
    std::uint64_t synced = 0;
    {
      // A new process every round: it goes on in the slot that may be torn.
      high_water_mark mark(dir.path());
      mark.write(end_of(++batch));
      mark.sync();
      synced = batch;
      const auto before = read_file(dir / "high-water");
      mark.write(end_of(++batch));
      mark.write(end_of(++batch));
      const auto after = read_file(dir / "high-water");
      for (std::size_t at = 0; at < after.size(); ++at)
        if (before[at] != after[at])
          flip(dir / "high-water", at, 1);
    }
    const auto found = high_water_mark::read(dir.path());
    REQUIRE(found);
    CHECK(found->torn);
    CHECK(found->latest.batch == synced);
    high_water_mark::create(dir.path(), end_of(batch));
  }
}
