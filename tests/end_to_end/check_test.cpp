// What `holdfast check` says, and how it ends.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/end_to_end/history_head.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/replays.hpp"
#include "tests/end_to_end/run_program.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

const auto adjusted =
    history_head + '\n'
    + R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
      R"("key":"k","delta":5,"called":1,"returned":2,"outcome":"ok",)"
      R"("record":{"onHand":5,"reserved":0,"version":1,"updatedAt":1000}})";
constexpr auto event_of_it =
    R"({"type":"stock_adjusted","seq":1,"storeId":"S","sku":"A","version":1,)"
    R"("delta":5,"reservedDelta":0,"onHand":5,"reserved":0,)"
    R"("recordedAt":1000,"idempotencyKey":"k"})";

struct checking {
  storage::testing::temp_dir directory;

  std::string write(const std::string& name, const std::string& text) const {
    const auto path = directory / name;
    std::ofstream{path} << text << '\n';
    return path;
  }
  program_end check(std::vector<std::string> words) const {
    words.insert(words.begin(), {test::holdfast_program(), "check"});
    return run_program(directory.path(), std::move(words));
  }
};

} // namespace

TEST_CASE_FIXTURE(checking, "a clean history ends with 0") {
  const auto calls = write("calls.jsonl", adjusted);
  const auto events = write("events.jsonl", event_of_it);
  const auto end = check({calls, "--events", events});
  CHECK(end.code == 0);
  CHECK(end.out
        == "item 7: not checked against what was read in the end, no final "
           "record\n"
           "item 7: not checked against the central view, no central record\n"
           "item 8: not checked, no event with a token\n"
           "ok: 0 violations in 1 calls, 1 events and 0 final records\n");
}

TEST_CASE_FIXTURE(checking, "events that are named replace those of the file") {
  const auto both = adjusted + '\n' + event_of_it;
  const auto whole = write("whole.jsonl", both);
  CHECK(check({whole}).code == 0);
  const auto end = check({whole, "--events", write("own.jsonl", event_of_it)});
  CHECK(end.code == 0);
  CHECK(end.out.find("1 calls, 1 events and 0 final") != std::string::npos);
  CHECK(check({whole, "--events", write("none.jsonl", "")}).code == 1);
}

TEST_CASE_FIXTURE(checking, "every node of a cluster numbers its own events") {
  const auto of = [](std::string line, const std::string& node,
                     const std::string& store) {
    line.replace(line.find("\"S\""), 3, '"' + store + '"');
    line.insert(line.size() - 1, ",\"node\":\"" + node + '"');
    return line + '\n';
  };
  auto other_call = adjusted.substr(history_head.size() + 1);
  other_call.replace(other_call.find("\"S\""), 3, "\"T\"");
  const auto calls = write("two.jsonl", adjusted + '\n' + other_call);
  const auto first = of(event_of_it, "n1", "S");
  CHECK(check({calls, "--events",
               write("good.jsonl", first + of(event_of_it, "n2", "T"))})
            .code
        == 0);
  const auto end =
      check({calls, "--events",
             write("bad.jsonl", first + of(event_of_it, "n1", "T"))});
  CHECK(end.code == 1);
  CHECK(end.out.find("n1: seq 1 follows 1") != std::string::npos);
}

TEST_CASE_FIXTURE(checking, "events of a node are numbered by version") {
  const auto changed = [](std::string text, const std::string& words) {
    // "this|that this|that"
    std::istringstream from{words};
    for (std::string pair; from >> pair;) {
      const auto bar = pair.find('|');
      text.replace(text.find(pair.substr(0, bar)), bar, pair.substr(bar + 1));
    }
    return text;
  };
  const auto second = changed(adjusted.substr(history_head.size() + 1),
                              R"("k"|"k2" nHand":5|nHand":10 ion":1|ion":2 )"
                              R"(led":1|led":3 ned":2|ned":4)");
  const auto early =
      changed(event_of_it, R"("k"|"k2" nHand":5|nHand":10 ion":1|ion":2)");
  const auto late = changed(event_of_it, R"(seq":1|seq":2)");
  const auto end = check({write("turned.jsonl", adjusted + '\n' + second + '\n'
                                                    + early + '\n' + late)});
  CHECK(end.code == 1);
  CHECK(end.out.find("item 4") == 0);
  CHECK(end.out.find("S/A: version 2 has seq 1, and the one before 2")
        != std::string::npos);
}

TEST_CASE_FIXTURE(checking, "what an event says is available is checked") {
  std::string odd = event_of_it;
  odd.insert(odd.size() - 1, R"(,"available":4)");
  const auto end = check({write("odd.jsonl", adjusted + '\n' + odd)});
  CHECK(end.code == 1);
  CHECK(end.out.find("S/A: version 1 is told with 4 available, and has 5")
        != std::string::npos);
}

TEST_CASE_FIXTURE(checking,
                  "a broken history ends with 1 and names the items") {
  const auto end = check({write("calls.jsonl", adjusted)});
  CHECK(end.code == 1);
  CHECK(end.out.find("item 1, acknowledged operations missing from the "
                     "journal: 1\n  S/A: version 1 was acknowledged")
        == 0);
  CHECK(end.out.find("FAULT: 1 violations") != std::string::npos);
}

TEST_CASE_FIXTURE(checking, "what is no history ends with 2 and its line") {
  CHECK(check({}).code == 2);
  CHECK(check({directory / "missing"}).code == 2);
  const auto end = check({write("calls.jsonl", "{}")});
  CHECK(end.code == 2);
  CHECK(end.err.find("calls.jsonl, line 1: /type is missing")
        != std::string::npos);
}

TEST_CASE_FIXTURE(checking, "a history of nothing ends with 2") {
  const auto good = write("good.jsonl", adjusted);
  const auto what_of = [this](std::vector<std::string> words) {
    const auto end = check(std::move(words));
    CHECK(end.code == 2);
    return end.err;
  };
  const auto says = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(says(what_of({directory.path()}), "line 1: cannot be read"));
  CHECK(says(what_of({good, "--events", directory.path()}),
             "line 1: cannot be read"));
  CHECK(says(what_of({"/dev/null"}), "/dev/null: has no line of type history"));
  CHECK(says(what_of({write("bare.jsonl", event_of_it)}),
             "bare.jsonl: has no line of type history"));
  CHECK(says(what_of({write("head.jsonl", history_head)}),
             "head.jsonl: there is neither call nor event"));
}

TEST_CASE_FIXTURE(checking, "a history is held against the journal of a node") {
  live_node node;
  caller client{node.port()};
  const auto none = write("none.jsonl", history_head);
  const auto data = node.directory() + "/data";
  CHECK(check({none, "--journal", data}).code == 2);
  play_everything(client, "A");
  const auto end = check({none, "--journal", data});
  CHECK(end.code == 1);
  CHECK(end.out.find("item 2, events nobody asked for") == 0);
  CHECK(check({none, "--journal", directory / "nothing"}).code == 2);
}

TEST_CASE_FIXTURE(checking, "journals of several nodes count together") {
  live_node one;
  live_node two{{"--node-name", "n2", "--stores", "store-2"}};
  caller first{one.port()};
  caller second{two.port()};
  const auto adjust = [](const std::string& store) {
    return post("/api/inventory/stores/" + store + "/inventory/a/adjust",
                R"({"delta":5})");
  };
  CHECK(first.ask(adjust("store-1")).status == 200);
  CHECK(second.ask(adjust("store-2")).status == 200);
  const auto none = write("none.jsonl", history_head);
  const auto data = one.directory() + "/data";
  const auto end =
      check({none, "--journal", data + "," + two.directory() + "/data"});
  CHECK(end.code == 1);
  // Each has numbers of its own: there is no gap.
  CHECK(end.out.find("item 2, events nobody asked for, or that were refused: 2")
        == 0);
  CHECK(end.out.find("item 4") == std::string::npos);
  std::filesystem::copy(data, directory / "copy");
  const auto twice =
      check({none, "--journal", data + "," + (directory / "copy")});
  CHECK(twice.code == 2);
  CHECK(twice.err.find("there are events of node n1 already")
        != std::string::npos);
}
