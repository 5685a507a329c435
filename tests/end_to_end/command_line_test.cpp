// What may run beside a node on the same directory, and what may not.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/replays.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// Runs a subcommand on the directory of `node`; its outputs.
std::pair<std::string, std::string> run_beside(live_node& node, int code,
                                               std::vector<std::string> words) {
  test::process_plan plan;
  plan.command = std::move(words);
  plan.command.insert(plan.command.begin(), test::holdfast_program());
  plan.environment = {"PORT=0", "DATA_DIR=" + node.directory() + "/data"};
  plan.out_path = node.directory() + "/beside-out";
  plan.err_path = node.directory() + "/beside-err";
  const auto end = test::run(plan, test::patience);
  REQUIRE(end.has_value());
  CHECK(end->is_exit(code));
  CHECK(node.is_running());
  return {test::read_text(plan.out_path), test::read_text(plan.err_path)};
}

json lines_of(const std::string& text) {
  auto all = json::array();
  std::istringstream from{text};
  for (std::string line; std::getline(from, line);)
    all.push_back(json::parse(line, nullptr, false));
  return all;
}

} // namespace

TEST_CASE("a second node on the same directory does not start") {
  live_node node;
  const auto said = run_beside(node, 2, {"serve"});
  CHECK(said.first.empty());
  CHECK_FALSE(said.second.empty());
}

TEST_CASE("the log can be read beside a running node") {
  live_node node;
  caller client{node.port()};
  play_everything(client, "BANK CHARGES");
  const auto events = body_of(client.ask(get("/api/events?limit=1000")));
  CHECK(lines_of(run_beside(node, 0, {"events"}).first) == events["events"]);
  const auto some = body_of(
      client.ask(get("/api/events?limit=2&after=3&sku=BANK%20CHARGES")));
  CHECK(lines_of(run_beside(node, 0,
                            {"events", "--after", "3", "--limit", "2", "--sku",
                             "BANK CHARGES"})
                     .first)
        == some["events"]);
}

TEST_CASE("the journal can be verified beside a running node") {
  live_node node;
  caller client{node.port()};
  for (int round = 0; round < 3; ++round) {
    play_everything(client, fresh_name("verified"));
    CHECK(run_beside(node, 0, {"verify"}).first.starts_with("ok"));
  }
}

TEST_CASE("an output that cannot be written is a failure") {
  live_node node;
  caller client{node.port()};
  play_everything(client, fresh_name("unheard"));
  const auto history = node.directory() + "/run.jsonl";
  std::ofstream{history} << R"({"type":"history","format":1,"part":true})"
                            "\n"
                         << R"({"type":"final","storeId":"S","sku":"A",)"
                         << R"("record":{"onHand":0,"reserved":0,)"
                         << R"("version":0,"updatedAt":0}})" << '\n';
  const auto data = node.directory() + "/data";
  for (const auto& words : std::initializer_list<std::vector<std::string>>{
           {"--help"},
           {"key", "till-1", "writer"},
           {"verify"},
           {"events"},
           {"check", history, "--journal", data},
           {"simulate", "--ops", "5"},
           {"load", "--in-process", "--seconds", "1", "--warm-up", "0",
            "--data-dir", node.directory() + "/load"}}) {
    CAPTURE(words.front());
    test::process_plan plan{words,
                            {"DATA_DIR=" + data},
                            "/dev/full",
                            node.directory() + "/full-err"};
    plan.command.insert(plan.command.begin(), test::holdfast_program());
    const auto end = test::run(plan, test::patience);
    REQUIRE(end.has_value());
    CHECK(end->is_exit(1));
    CHECK(test::read_text(plan.err_path)
              .find("holdfast: cannot write to standard output")
          != std::string::npos);
  }
}
