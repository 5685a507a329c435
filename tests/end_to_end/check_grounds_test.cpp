// What `holdfast check` says that it could not check.
#include <doctest/doctest.h>

#include <fstream>
#include <initializer_list>
#include <string>

#include "tests/end_to_end/history_head.hpp"
#include "tests/end_to_end/run_program.hpp"
#include "tests/support/node_process.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

const std::string part = R"({"type":"history","format":1,"part":true})";
const std::string record =
    R"("onHand":5,"reserved":0,"version":1,"updatedAt":1000})";
const auto keyless =
    R"({"type":"call","client":1,"kind":"adjust","storeId":"S","sku":"A",)"
    R"("delta":5,"called":1,"returned":2,"outcome":"ok","record":{)"
    + record + '}';
const std::string event_start =
    R"({"type":"stock_adjusted","seq":1,"storeId":"S","sku":"A","version":1,)"
    R"("delta":5,"reservedDelta":0,"onHand":5,"reserved":0,"recordedAt":1000)";
const auto bare = event_start + '}';
const auto owned = event_start + R"(,"writer":"n1","token":1})";
const auto final_read =
    R"({"type":"final","storeId":"S","sku":"A","record":{)" + record + '}';
const auto shown_as = [](const std::string& sku) {
  return R"({"type":"central","sku":")" + sku
         + R"(","onHand":5,"reserved":0,"available":5,"stores":[)"
           R"({"storeId":"S","sku":")"
         + sku + "\"," + record + "]}";
};
const std::string lease =
    R"({"type":"lease","storeId":"S","sku":"A","owner":"n1","token":1,)"
    R"("grantedAfterSeq":0})";

/// What is said of a history of these lines.
struct told {
  std::string out;
  int code = 0;

  explicit told(std::initializer_list<std::string> lines) {
    const storage::testing::temp_dir directory;
    const auto path = directory / "run.jsonl";
    std::ofstream to{path};
    for (const auto& line : lines)
      to << line << '\n';
    to.close();
    const auto end = run_program(directory.path(),
                                 {test::holdfast_program(), "check", path});
    out = end.out;
    code = end.code;
  }

  bool says(const std::string& line) const {
    return ('\n' + out).find('\n' + line + '\n') != std::string::npos;
  }
  bool says_nothing() const {
    return out.find("not checked") == std::string::npos;
  }
};

} // namespace

TEST_CASE("what has all it takes is checked") {
  auto keyed = keyless;
  keyed.insert(keyed.find("\"delta\""), "\"key\":\"k\",");
  auto event_of_it = owned;
  event_of_it.insert(event_of_it.size() - 1, ",\"idempotencyKey\":\"k\"");
  const told whole{
      {history_head, keyed, event_of_it, final_read, shown_as("A"), lease}};
  CHECK(whole.code == 0);
  CHECK_MESSAGE(whole.says_nothing(), whole.out);
}

TEST_CASE("what was not checked is told with its reason") {
  const told bare_history{history_head, keyless, bare};
  CHECK(bare_history.code == 0);
  CHECK(bare_history.says("item 3: not checked, no call with a key"));
  CHECK(bare_history.says("item 7: not checked against what was read in the "
                          "end, no final record"));
  CHECK(bare_history.says("item 7: not checked against the central view, no "
                          "central record"));
  CHECK(bare_history.says("item 8: not checked, no event with a token"));
  const told events_alone{part, owned};
  for (const auto* item : {"1", "5", "6"})
    CHECK(events_alone.says(std::string{"item "} + item
                            + ": not checked, no call"));
  CHECK(events_alone.says("item 4: not checked for gaps in seq, part of a "
                          "history"));
  CHECK(events_alone.says("item 8: not checked for what was granted and not "
                          "used, no lease"));
  for (const auto* item : {"2", "7"})
    CHECK(events_alone.says(std::string{"item "} + item
                            + ": not checked for SKUs without calls, part of a "
                              "history"));
  const told calls_alone{history_head, keyless};
  for (const auto* item : {"2", "4"})
    CHECK(calls_alone.says(std::string{"item "} + item
                           + ": not checked, no event"));
}

TEST_CASE("what nobody was told is no ground to check answers") {
  const std::string lost =
      R"({"type":"call","client":1,"kind":"reserve","storeId":"S","sku":"A",)"
      R"("key":"k","quantity":1,"called":3,"outcome":"unknown"})";
  const auto granted =
      R"({"type":"stock_reserved","seq":2,"storeId":"S","sku":"A",)"
      R"("version":2,"delta":0,"reservedDelta":1,"onHand":5,"reserved":1,)"
      R"("recordedAt":1000,"idempotencyKey":"k",)"
      R"("reservationId":"2.2~S~QQ"})";
  const told some{history_head, keyless, lost, lost, bare, granted};
  CHECK(some.code == 0);
  CHECK(some.says("item 3: not checked for answers that were given before, no "
                  "answer with a mark"));
  CHECK(some.says("item 5: not checked for holds by the time of callers, no "
                  "expiryToleranceMs"));
  CHECK_FALSE(some.says("item 6: not checked, no answer"));
  const told nothing{history_head, lost};
  CHECK(nothing.says("item 1: not checked, no change that was acknowledged"));
  CHECK(nothing.says("item 5: not checked against what was told, no answer"));
  CHECK(nothing.says("item 6: not checked, no answer"));
}

TEST_CASE("a central view of others than were asked for is none of them") {
  const told of_others{part, keyless, bare, final_read, shown_as("B")};
  CHECK(of_others.code == 1);
  CHECK(of_others.out.find("central view, A: a record is missing")
        != std::string::npos);
}

TEST_CASE("a part of a history may tell of others in the end") {
  const auto of_t = [](std::string line) {
    line.replace(line.find("\"S\""), 3, "\"T\"");
    return line;
  };
  auto shown = shown_as("A");
  shown.replace(shown.find("5,\"reserved"), 1, "10");
  shown.replace(shown.find("5,\"stores"), 1, "10");
  shown.insert(shown.size() - 2, R"(,{"storeId":"T","sku":"A",)" + record);
  auto second = of_t(bare);
  second.replace(second.find("\"seq\":1"), 7, "\"seq\":2");
  const told some{part,       keyless,          bare, second,
                  final_read, of_t(final_read), shown};
  CHECK_MESSAGE(some.code == 0, some.out);
}

TEST_CASE("a SKU has one node") {
  const auto second_of = [](std::string line) {
    const auto put = [&](const std::string& old, const std::string& now) {
      line.replace(line.find(old), old.size(), now);
    };
    put("\"version\":1", "\"version\":2");
    put("\"onHand\":5", "\"onHand\":10");
    return line;
  };
  const auto on = [](std::string line, const std::string& node) {
    return line.insert(line.size() - 1, ",\"node\":\"" + node + '"');
  };
  auto later = second_of(keyless);
  later.replace(later.find("\"called\":1,\"returned\":2"), 23,
                "\"called\":3,\"returned\":4");
  auto next = second_of(bare);
  const told split{history_head, keyless, later, on(bare, "n1"),
                   on(next, "n2")};
  CHECK(split.code == 1);
  CHECK(split.out.find("item 8") == 0);
  CHECK(split.out.find("S/A: version 2 is of node n2, and others of n1")
        != std::string::npos);
  next.replace(next.find("\"seq\":1"), 7, "\"seq\":2");
  const told whole{history_head, keyless, later, on(bare, "n1"),
                   on(next, "n1")};
  CHECK(whole.code == 0);
}
