// What the log lets through, and what it counts instead.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "src/telemetry/fault_book.hpp"
#include "src/telemetry/log.hpp"
#include "tests/support/captured_log.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast::telemetry;
using holdfast::test::logged;

namespace {

auto lines_of(const std::vector<nlohmann::json>& lines, const char* event) {
  return std::count_if(lines.begin(), lines.end(), [=](const auto& line) {
    return line["event"] == event;
  });
}

} // namespace

TEST_CASE("a flood of one event is bounded, and its rest is counted") {
  constexpr int flood = 20'000;
  const auto lines = logged(log_level::info, [] {
    for (int i = 0; i < flood; ++i)
      log_info("flood", {{"n", i}});
    log_info("drop");
  });
  CHECK(lines_of(lines, "drop") == 1);
  const auto written = lines_of(lines, "flood");
  CHECK(written >= event_lines_max);
  CHECK(written < flood / 2);
  CHECK(lines.back()["event"] == "lines_left_out");
  CHECK(lines.back()["of"] == "flood");
  CHECK(lines.back()["lines"] == flood - written);
}

TEST_CASE("a line that cannot be written is counted") {
  const holdfast::test::capture to{"/dev/full"};
  const log_session session{log_level::info};
  log_info("one");
  log_info("two");
  CHECK(holdfast::test::wait_until([] { return dropped_log_lines() == 2; }));
}

TEST_CASE("the level can be changed while lines are written") {
  const auto lines = logged(log_level::warn, [] {
    CHECK(current_log_level() == log_level::warn);
    log_debug("one");
    set_log_level(log_level::debug);
    log_debug("two");
    set_log_level(log_level::error);
    log_warn("three");
    CHECK_FALSE(admits_line(log_level::warn, "four"));
    CHECK(admits_line(log_level::error, "five"));
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["event"] == "two");
}

TEST_CASE("an admitted line is written with its values") {
  const auto lines = logged(log_level::info, [] {
    REQUIRE(admits_line(log_level::info, "request"));
    const log_field fields[] = {{"status", 200}};
    log_admitted(log_level::info, "request", fields);
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["status"] == 200);
}

TEST_CASE("a fault is logged, and noted even below the level") {
  const auto times = [] {
    for (const auto& fault : process_faults().read())
      if (fault.event == "planted")
        return fault.count;
    return std::uint64_t{0};
  };
  const auto before = times();
  const auto lines = logged(log_level::error, [] {
    log_fault("planted", "here", {{"n", 1}});
  });
  REQUIRE(lines.size() == 1);
  CHECK(lines[0]["level"] == "error");
  CHECK(lines[0]["detail"] == "here");
  CHECK(lines[0]["n"] == 1);
  log_fault("planted", "here");
  CHECK(times() == before + 2);
}

TEST_CASE("a session may end while others log") {
  std::atomic<bool> is_over{false};
  std::thread writer{[&] {
    while (!is_over)
      log_info("tick");
  }};
  for (int i = 0; i < 20; ++i) {
    const auto lines = logged(log_level::info, [] { log_info("mine"); });
    CHECK(lines_of(lines, "mine") == 1);
  }
  is_over = true;
  writer.join();
}
