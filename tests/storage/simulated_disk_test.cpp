// The disk that loses what is not synced keeps what is.
#include <doctest/doctest.h>

#include <set>

#include "holdfast/journal.hpp"
#include "src/storage/simulated/simulated_disk.hpp"

using namespace holdfast;
using namespace holdfast::storage;

namespace {

constexpr auto path = "/data/file";

std::string content(simulated_disk& of, const std::string& name = path) {
  return of.open(name, disk::opening::read)->read_at(0, 1'000'000);
}

/// A file whose content and name are safe.
void lay(simulated_disk& on, const std::string& bytes) {
  const auto made = on.open(path, disk::opening::fresh);
  made->write_at(0, bytes);
  made->sync_data();
  on.sync_directory("/data");
}

journal_error::kind kind_of(disk_file& to, const std::string& bytes) {
  try {
    to.write_at(0, bytes);
  } catch (const journal_error& error) {
    return error.is();
  }
  FAIL("nothing went wrong");
  return journal_error::kind::corrupt;
}

} // namespace

TEST_CASE("a loss of power takes nothing that was synced") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    simulated_disk on;
    lay(on, "safe");
    on.cut_power(seed);
    CHECK(on.is_off());
    CHECK_THROWS_AS(content(on), journal_error);
    on.turn_on();
    CHECK(content(on) == "safe");
  }
}

TEST_CASE("what was not synced is lost, kept, torn or out of order") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 2'000; ++seed) {
    simulated_disk on;
    lay(on, std::string(2'048, '.'));
    {
      const auto to = on.open(path, disk::opening::write);
      to->write_at(0, std::string(1'024, 'a'));
      to->write_at(1'024, std::string(1'024, 'b'));
      on.cut_power(seed);
    }
    on.turn_on();
    const auto left = content(on);
    REQUIRE(left.size() == 2'048);
    std::string sectors;
    for (std::size_t at = 0; at < left.size(); at += 512)
      sectors += left[at];
    seen.insert(sectors);
  }
  CHECK(seen.contains("...."));
  CHECK(seen.contains("aabb"));
  CHECK(seen.contains("aa.."));
  CHECK(seen.contains("..bb"));
  CHECK(seen.contains("a.b."));
}

TEST_CASE("the same seed loses the same") {
  const auto play = [](std::uint64_t seed) {
    simulated_disk on;
    lay(on, std::string(4'096, '.'));
    {
      const auto to = on.open(path, disk::opening::write);
      for (std::uint64_t at = 0; at < 4'096; at += 64)
        to->write_at(at, std::string(64, static_cast<char>('a' + at / 256)));
      on.cut_power(seed);
    }
    on.turn_on();
    return content(on);
  };
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    CHECK(play(seed) == play(seed));
}

TEST_CASE("the end of a process loses nothing yet") {
  std::set<std::string> after_power;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    simulated_disk on;
    lay(on, "old");
    on.open(path, disk::opening::write)->write_at(0, "new");
    on.end_process();
    on.turn_on();
    CHECK(content(on) == "new");
    // It was never synced, whoever wrote it.
    on.cut_power(seed);
    on.turn_on();
    after_power.insert(content(on));
  }
  CHECK(after_power.contains("old"));
  CHECK(after_power.contains("new"));
}

TEST_CASE("a new name needs a sync of its directory, and a rename is whole") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    simulated_disk on;
    lay(on, "old");
    {
      const auto fresh = on.open("/data/fresh", disk::opening::fresh);
      fresh->write_at(0, "new");
      fresh->sync_data();
    }
    on.rename("/data/fresh", path);
    CHECK(content(on) == "new");
    on.cut_power(seed);
    on.turn_on();
    seen.insert(content(on) + (on.exists("/data/fresh") ? "+" : ""));
  }
  CHECK(seen == std::set<std::string>{"old", "old+", "new"});
}

TEST_CASE("after a failed sync a later one does not bring everything") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    simulated_disk on;
    lay(on, "old");
    {
      const auto to = on.open(path, disk::opening::write);
      to->write_at(0, "new");
      on.plan(1, mishap::sync_error, seed);
      CHECK_THROWS_AS(to->sync_data(), journal_error);
      to->sync_data();
      CHECK(content(on) == "new");
      on.cut_power(seed);
    }
    on.turn_on();
    seen.insert(content(on));
  }
  CHECK(seen == std::set<std::string>{"old", "new"});
}

TEST_CASE("what is planned comes when it is due, and heals") {
  simulated_disk on;
  lay(on, "old");
  const auto to = on.open(path, disk::opening::write);
  on.plan(2, mishap::write_error, 0);
  to->write_at(0, "one");
  CHECK(kind_of(*to, "two") == journal_error::kind::failed);
  to->write_at(0, "two");
  on.plan(1, mishap::no_room, 2);
  to->write_at(0, "fit");
  CHECK(kind_of(*to, "longer") == journal_error::kind::full);
  CHECK(on.free_bytes("/data") == 0);
  CHECK(kind_of(*to, "longer") == journal_error::kind::full);
  to->write_at(0, "longer");
  CHECK(content(on) == "longer");
  on.plan(1, mishap::read_error, 0);
  CHECK_THROWS_AS(content(on), journal_error);
  on.plan(1, mishap::sync_error, 0);
  on.heal();
  to->sync_data();
  std::uint64_t took = 0;
  on.on_delay = [&](std::uint64_t ms) {
    took += ms;
  };
  on.plan(1, mishap::slow_sync, 70);
  to->sync_data();
  to->sync_data();
  CHECK(took == 70);
  on.plan(2, mishap::process_end, 0);
  to->write_at(0, "before");
  CHECK(kind_of(*to, "behind") == journal_error::kind::failed);
  CHECK(on.is_off());
  on.turn_on();
  CHECK(content(on) == "before");
  CHECK(on.crashes() == 1);
}
