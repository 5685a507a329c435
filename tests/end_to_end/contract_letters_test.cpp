// Dead letters over HTTP.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/log_lines.hpp"
#include "tests/end_to_end/metrics_page.hpp"
#include "tests/end_to_end/seeded_letters.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

const std::string list = "/api/dead-letters";

struct contract_letters_fixture {
  live_node node;

  json ask(const request& what, int status = 200) {
    const auto answer = caller{node.port()}.ask(what);
    CAPTURE(answer.body);
    CHECK(answer.status == status);
    return body_of(answer);
  }
  raw_response retry(const std::string& id, const std::string& body = {}) {
    return caller{node.port()}.ask(post(list + "/" + id + "/retry", body));
  }
  raw_response drop(const std::string& id) {
    return caller{node.port()}.ask({"DELETE", list + "/" + id, {}, {}});
  }
  json letters() {
    return ask(get(list))["deadLetters"];
  }
};

dead_letter whole_letter() {
  auto letter = letter_about(action::reserve, "A", 3);
  auto& ask = letter.ask;
  ask.ttl_s = 60;
  ask.expected_version = 7;
  ask.if_match = {etag_condition::kind::list, {6, 7}};
  ask.owner = "basket-9";
  ask.from.reason = "because";
  ask.from.reference = "order 9";
  ask.from.key = "order-9";
  ask.from.actor = "till-1";
  ask.from.fingerprint.fill(9);
  return letter;
}

} // namespace

TEST_CASE_FIXTURE(contract_letters_fixture,
                  "a node without letters has an empty list") {
  CHECK(ask(get(list)) == json{{"deadLetters", json::array()}});
  CHECK(caller{node.port()}.ask(head(list)).status == 200);
}

TEST_CASE_FIXTURE(contract_letters_fixture, "a letter is shown whole") {
  bury(node, {whole_letter()});
  const auto all = letters();
  REQUIRE(all.size() == 1);
  CHECK(all[0]
        == json{{"id", "1"},
                {"storeId", "store-1"},
                {"sku", "A"},
                {"action", "reserve"},
                {"cause", "a defect"},
                {"attempts", 4},
                {"firstFailedAt", "2025-11-28T03:20:00.000Z"},
                {"lastFailedAt", "2025-11-28T03:20:00.700Z"},
                {"idempotencyKey", "order-9"},
                {"actor", "till-1"},
                {"payload",
                 {{"quantity", 3},
                  {"ttlSeconds", 60},
                  {"expectedVersion", 7},
                  {"ifMatch", "\"6\", \"7\""},
                  {"owner", "basket-9"},
                  {"reason", "because"},
                  {"reference", "order 9"}}}});
  CHECK(body_of(drop("1")) == all[0]);
  CHECK(letters().empty());
}

TEST_CASE_FIXTURE(contract_letters_fixture,
                  "letters come in pages, each of them once") {
  std::vector<dead_letter> many;
  for (int i = 0; i < 7; ++i)
    many.push_back(letter_about(action::adjust, "A", i + 1));
  bury(node, many);
  std::string cursor;
  std::vector<int> seen;
  do {
    const auto page = ask(get(list + "?limit=3" + cursor));
    CHECK(page["deadLetters"].size() <= 3);
    for (const auto& each : page["deadLetters"])
      seen.push_back(each["payload"]["delta"]);
    cursor = page.contains("nextCursor")
                 ? "&cursor=" + page["nextCursor"].get<std::string>()
                 : "";
  } while (!cursor.empty());
  CHECK(seen == std::vector<int>{1, 2, 3, 4, 5, 6, 7});
  CHECK_FALSE(ask(get(list + "?limit=7")).contains("nextCursor"));
}

TEST_CASE_FIXTURE(contract_letters_fixture,
                  "a retry is applied once and told in the end") {
  bury(node, {letter_about(action::adjust, "A", 5),
              letter_about(action::adjust, "A", -9)});
  const auto answer = retry("1");
  check_record(answer, 200, {"A"}, {1, 5});
  CHECK(answer.field("Idempotent-Replayed").empty());
  check_problem(retry("1"), 404, "dead_letter_not_found");
  check_problem(retry("2"), 409, "insufficient_stock",
                {{"requested", 9}, {"available", 5}});
  CHECK(letters().size() == 1);
  const auto event = ask(get("/api/events"))["events"][0];
  CHECK(event["idempotencyKey"] == "dead-letter-1");
  caller client{node.port()};
  const metrics_page page{client};
  CHECK(page.sum("holdfast_dead_letters") == 1);
  CHECK(page.sum("holdfast_dead_letters_settled_total") == 1);
  CHECK(ask(get("/api/health/metrics"))["deadLetters"]["kept"] == 1);
  const auto lines = await_lines(node, "dead_letter_retried",
                                 [](auto& all) { return all.size() == 2; });
  CHECK(lines[0]["id"] == 1);
  CHECK(lines[0]["sku"] == "A");
  // What is left of it survives the node.
  node.kill();
  node.start();
  CHECK(letters().size() == 1);
  check_problem(retry("1"), 404, "dead_letter_not_found");
}

TEST_CASE_FIXTURE(contract_letters_fixture,
                  "bad questions about letters are refused by name") {
  bury(node, {letter_about(action::adjust, "A", 5)});
  caller client{node.port()};
  check_invalid(client.ask(get(list + "?limit=0")), {"limit"});
  check_invalid(client.ask(get(list + "?limit=1001")), {"limit"});
  check_invalid(client.ask(get(list + "?limit=007")), {"limit"});
  check_invalid(client.ask(get(list + "?cursor=djE7bGV0dGVyPTE&after=1")),
                {"after"});
  check_invalid(client.ask(get(list + "?cursor=x")), {"cursor"});
  for (const auto* id :
       {"x", "0", "01", "-1", "1x", "%zz", "1e2", "99999999999999999999999"}) {
    CAPTURE(id);
    check_invalid(retry(id), {"id"});
    check_invalid(drop(id), {"id"});
  }
  check_problem(retry("2"), 404, "dead_letter_not_found");
  check_problem(drop("2"), 404, "dead_letter_not_found");
  check_invalid(retry("1", R"({"x":1})"), {"/x"});
  check_invalid(retry("1", "[]"), {""});
  const auto answer = client.ask(get(list + "/1"));
  check_problem(answer, 405, "method_not_allowed");
  CHECK(answer.field("Allow") == "DELETE");
  CHECK(letters().size() == 1);
}
