// `holdfast load` as its users run it.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/end_to_end/guarded_node.hpp"
#include "tests/end_to_end/short_load.hpp"
#include "tests/support/process.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

struct load_fixture : short_load {
  /// One that would run for ten minutes, and has run for a second.
  std::unique_ptr<test::process> long_load() const {
    const test::process_plan plan{
        {test::holdfast_program(), "load", "mixed", "--in-process", "--seconds",
         "600", "--warm-up", "0", "--clients", "16", "--skus", "50", "--json",
         directory / "j", "--report", directory / "r", "--history",
         directory / "h"},
        {"TMPDIR=" + directory.path()},
        directory / "out",
        directory / "err"};
    auto made = std::make_unique<test::process>(plan);
    REQUIRE(made->wait_for_line("     1 s", test::patience).has_value());
    return made;
  }
  bool has_scratch() const {
    for (const auto& each :
         std::filesystem::directory_iterator{directory.path()})
      if (each.path().filename().string().starts_with("holdfast-load-"))
        return true;
    return false;
  }
};

} // namespace

TEST_CASE_FIXTURE(load_fixture,
                  "the actors are driven in process, and checked") {
  const auto end =
      load({"mixed", "--in-process", "--json", directory / "j", "--report",
            directory / "r", "--history", directory / "h"});
  CHECK_MESSAGE(end.code == 0, end.out, end.err);
  const auto figures = nlohmann::json::parse(test::read_text(directory / "j"));
  CHECK(figures["ok"] == true);
  CHECK(figures["check"]["calls"] > 50);
  CHECK(figures["journalBatches"]["operations"] > 50);
  CHECK(test::read_text(directory / "r").starts_with("<!doctype html>"));
  const auto again = run_program(
      directory.path(), {test::holdfast_program(), "check", directory / "h"});
  CHECK_MESSAGE(again.code == 0, again.out, again.err);
}

TEST_CASE_FIXTURE(load_fixture,
                  "a directory that was named stays, and goes on") {
  const auto data = directory / "data";
  for (int i = 0; i < 2; ++i)
    CHECK(load({"--in-process", "--data-dir", data}).code == 0);
  const auto end =
      run_program(directory.path(),
                  {test::holdfast_program(), "verify", "--data-dir", data});
  CHECK_MESSAGE(end.code == 0, end.out, end.err);
}

TEST_CASE_FIXTURE(load_fixture, "nothing else is left behind") {
  REQUIRE(load({"--in-process"}).code == 0);
  for (const auto& each : std::filesystem::directory_iterator{directory.path()})
    CHECK(each.path().filename().string().starts_with("run-"));
}

TEST_CASE_FIXTURE(load_fixture,
                  "a load that is told to end checks what there is") {
  for (const auto signal : {SIGINT, SIGTERM}) {
    const auto program = long_load();
    CHECK(has_scratch());
    program->send(signal);
    const auto end = program->wait(test::patience);
    REQUIRE(end.has_value());
    CHECK_MESSAGE(end->is_exit(0), program->out(), program->err());
    CHECK(program->out().find("ended early ") != std::string::npos);
    const auto figures =
        nlohmann::json::parse(test::read_text(directory / "j"));
    CHECK(figures["cutShort"] == true);
    CHECK(figures["ok"] == true);
    CHECK(test::read_text(directory / "r").starts_with("<!doctype html>"));
    const auto again = run_program(
        directory.path(), {test::holdfast_program(), "check", directory / "h"});
    CHECK_MESSAGE(again.code == 0, again.out, again.err);
    CHECK_FALSE(has_scratch());
  }
}

TEST_CASE_FIXTURE(load_fixture, "a load that is told twice ends at once") {
  const auto program = long_load();
  // Both have come before it does anything about the first.
  for (const auto signal : {SIGSTOP, SIGINT, SIGTERM, SIGCONT})
    program->send(signal);
  const auto end = program->wait(test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(1));
  CHECK(test::read_text(directory / "j").empty());
  CHECK_FALSE(has_scratch());
}

TEST_CASE_FIXTURE(load_fixture, "a node is driven over HTTP, and checked") {
  live_node node{{"--rate-limit-rps", "0"}};
  const auto base = "http://127.0.0.1:" + std::to_string(node.port());
  for (const auto* workload : {"mixed", "flash-sale"}) {
    const auto end = load({workload, "--http", base, "--rate", "2000", "--json",
                           directory / "j"});
    CHECK_MESSAGE(end.code == 0, end.out, end.err);
    const auto figures =
        nlohmann::json::parse(test::read_text(directory / "j"));
    CHECK(figures["journalBatches"]["operations"] > 50);
    CHECK(figures["journalBatches"]["sinceRestart"] == false);
  }
}

TEST_CASE_FIXTURE(load_fixture,
                  "the key of a node is the first line of a file") {
  guarded_node node{{"--rate-limit-rps", "0"}};
  const auto base = "http://127.0.0.1:" + std::to_string(node.node->port());
  for (const std::string end_of_line : {"", "\n", "\r\n"}) {
    CAPTURE(end_of_line);
    std::ofstream{directory / "key"} << node.boss.secret << end_of_line;
    const auto end = load({"--http", base, "--key-file", directory / "key"});
    CHECK_MESSAGE(end.code == 0, end.out, end.err);
  }
}

TEST_CASE_FIXTURE(load_fixture, "an order that cannot be sent is wrong usage") {
  const auto file = directory / "orders.csv";
  std::ofstream{file} << "StockCode,Quantity\nA,1\na/b,2\n";
  const auto end = load({"orders", file, "--in-process"});
  CHECK(end.code == 2);
  CHECK(end.err.find("orders.csv, line 3: StockCode is no SKU")
        != std::string::npos);
  CHECK(load({"orders", directory / "none.csv", "--in-process"}).code == 2);
}

TEST_CASE_FIXTURE(load_fixture, "a target that is not there is an error") {
  const auto end = load({"--http", "http://127.0.0.1:1"});
  CHECK(end.code == 1);
  CHECK(end.err.find("nobody accepts connections at 127.0.0.1:1")
        != std::string::npos);
}
