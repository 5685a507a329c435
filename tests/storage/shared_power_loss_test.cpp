// A shared journal on a disk that fails a process, or loses power, while
// several write.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <limits>

#include "harness.hpp"
#include "src/storage/verify.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// Operations of the disk that a few transactions have at least.
constexpr std::uint64_t shared_work_max = 90;

dead_letter letter_beside(std::uint64_t seq) {
  dead_letter made;
  made.ask.from.what = action::adjust;
  made.ask.from.store = "store-1";
  made.ask.from.sku = "sku-9";
  made.ask.from.key = "beside-" + std::to_string(seq);
  made.ask.amount = 1;
  made.attempts = 4;
  return made;
}

/// The journal on a simulated disk, the files of its leases on a real one. Two
/// processes take turns.
struct two_on_a_disk {
  temp_dir dir;
  std::shared_ptr<simulated_disk> disk = std::make_shared<simulated_disk>();
  std::array<journal_ptr, 2> logs;
  std::uint64_t turn = 0;
  std::int64_t asked = 0;
  std::int64_t acknowledged = 0;

  two_on_a_disk() {
    start();
  }

  journal_options options() const {
    journal_options with;
    with.data_dir = dir.path();
    with.node_name = "n1";
    with.on = disk;
    return with;
  }
  void start() {
    sharing_options with;
    with.is_alone = true;
    for (auto& log : logs) {
      log = open_shared_journal(options(), with).log;
      with.is_alone = false;
    }
  }
  void end() {
    for (auto& log : logs)
      log.reset();
  }

  /// One more unit, by who is next and lives, and a letter for the last one.
  void deliver() {
    auto& log = logs[++turn % 2] ? logs[turn % 2] : logs[(turn + 1) % 2];
    const sku_name name{"store-1", "sku-" + std::to_string(turn % 3)};
    auto state = log->load(name.first, name.second, journal::no_keys).state;
    auto change = delivery(state, name, 1, 1'000 + asked);
    ++asked;
    const auto old = log->letters(0, 10);
    log->begin();
    log->append(change);
    for (const auto& each : old)
      log->remove_letter(each.id);
    auto letter = letter_beside(change.seq);
    log->bury(letter);
    log->commit();
    ++acknowledged;
  }
  /// True unless one of them failed, which is its end.
  bool try_deliver() {
    try {
      deliver();
      return true;
    } catch (const journal_error&) {
      logs[turn % 2].reset();
      return false;
    }
  }

  /// All of them begin anew: nothing acknowledged is missing.
  void check_restart() {
    end();
    disk->turn_on();
    REQUIRE_NOTHROW(start());
    const auto found = logs.back()->last_seq();
    REQUIRE(found >= static_cast<std::uint64_t>(acknowledged));
    REQUIRE(found <= static_cast<std::uint64_t>(asked));
    const auto letters = logs.back()->letters(0, 10);
    REQUIRE(letters.size() == std::min<std::uint64_t>(found, 1));
    for (const auto& each : letters)
      REQUIRE(each.ask.from.key == letter_beside(found).ask.from.key);
    const auto report = verify_journal(dir.path(), *disk);
    REQUIRE_MESSAGE(report.ok(), report.fault->what);
  }
};

} // namespace

TEST_CASE("power that goes while processes share takes nothing along") {
  std::uint64_t cuts = 0;
  for (std::uint64_t nth = 1; nth <= shared_work_max; ++nth)
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      INFO("operation ", nth, ", seed ", seed);
      two_on_a_disk at;
      at.deliver();
      at.disk->plan(nth, mishap::power_cut, seed);
      for (int i = 0; i < 8 && at.try_deliver(); ++i)
        continue;
      cuts += at.disk->is_off() ? 1 : 0;
      at.check_restart();
      at.deliver();
    }
  CHECK(cuts > shared_work_max);
}

TEST_CASE("what one could not sync keeps the other from nothing") {
  std::uint64_t failures = 0;
  for (std::uint64_t nth = 1; nth <= 12; ++nth)
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      INFO("sync ", nth, ", seed ", seed);
      two_on_a_disk at;
      at.deliver();
      at.disk->plan(nth, mishap::sync_error, seed);
      bool has_failed = false;
      for (int i = 0; i < 6 && !has_failed; ++i)
        has_failed = !at.try_deliver();
      REQUIRE(has_failed);
      ++failures;
      for (int i = 0; i < 3; ++i)
        at.deliver();
      at.disk->cut_power(seed);
      at.check_restart();
    }
  CHECK(failures > 0);
}
