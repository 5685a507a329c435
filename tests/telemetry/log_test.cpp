#include <doctest/doctest.h>

#include <thread>

#include "src/telemetry/log.hpp"
#include "tests/support/captured_log.hpp"

using namespace holdfast::telemetry;
using holdfast::test::logged;

namespace {

const std::chrono::system_clock::time_point moment{
    std::chrono::milliseconds{1'795'327'860'123}};

} // namespace

TEST_CASE("a log line is JSON with time, level, event and values in order") {
  const std::string host = "::1";
  CHECK(make_log_line(moment, log_level::info, "started",
                      {{"port", 3000}, {"host", host}, {"ok", true}})
        == R"({"time":"2026-11-22T06:11:00.123Z","level":"info",)"
           R"("event":"started","port":3000,"host":"::1","ok":true})");
}

TEST_CASE("texts in a log line are escaped, and broken UTF-8 is replaced") {
  const auto line =
      make_log_line(moment, log_level::warn, "a\"b\n", {{"sku", "\xff\\"}});
  CHECK(line.find('\n') == std::string::npos);
  const auto parsed = nlohmann::json::parse(line);
  CHECK(parsed["event"] == "a\"b\n");
  CHECK(parsed["sku"] == "\xef\xbf\xbd\\");
}

TEST_CASE("numbers keep their kind in a log line") {
  const auto line = nlohmann::json::parse(
      make_log_line(moment, log_level::error, "x",
                    {{"most", ~std::uint64_t{0}}, {"least", -1}, {"d", 0.5}}));
  CHECK(line["most"] == ~std::uint64_t{0});
  CHECK(line["least"] == -1);
  CHECK(line["d"] == 0.5);
}

TEST_CASE("every level has a name and is found by it") {
  for (const auto level :
       {log_level::debug, log_level::info, log_level::warn, log_level::error})
    CHECK(to_log_level(to_string(level)) == level);
}

TEST_CASE("a session writes what is at its level or above when it ends") {
  const auto lines = logged(log_level::warn, [] {
    log_debug("one");
    log_info("two");
    log_warn("three", {{"n", 3}});
    log_error("four");
    CHECK(dropped_log_lines() == 0);
  });
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["event"] == "three");
  CHECK(lines[0]["n"] == 3);
  CHECK(lines[1]["level"] == "error");
}

TEST_CASE("lines of several threads do not mix") {
  const auto lines = logged(log_level::info, [] {
    std::vector<std::thread> writers;
    for (int i = 0; i < 4; ++i)
      writers.emplace_back([i] {
        for (int n = 0; n < 100; ++n)
          log_info("tick", {{"writer", i}, {"n", n}});
      });
    for (auto& writer : writers)
      writer.join();
  });
  CHECK(lines.size() == 400);
}

TEST_CASE("without a session nothing is logged and nothing breaks") {
  log_error("nobody listens");
  CHECK(dropped_log_lines() == 0);
}
