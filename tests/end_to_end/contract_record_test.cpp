// Records: reading, adjusting and counting them.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"

using namespace holdfast::live;

namespace {

struct contract_record_fixture {
  place at{fresh_name("record")};
  std::string path = record_path(at.sku);
  caller client{shared_node().port()};

  auto adjust(const std::string& body, const std::string& fields = {}) {
    return client.ask(post(path + "/adjust", body, fields));
  }
  auto count(const std::string& body, const std::string& fields = {}) {
    return client.ask(put(path, body, fields));
  }
  auto read(const std::string& fields = {}) {
    return client.ask(get(path, fields));
  }
};

} // namespace

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a record that nobody made is not found") {
  check_problem(read(), 404, "sku_not_found");
  check_problem(adjust(R"({"delta":-1})"), 404, "sku_not_found");
  check_problem(client.ask(post(path + "/reserve", R"({"quantity":1})")), 404,
                "sku_not_found");
  check_problem(client.ask(get(record_path(at.sku, "nowhere"))), 404,
                "store_not_found");
  const auto answer = client.ask(head(path));
  CHECK(answer.status == 404);
  CHECK(answer.body.empty());
  CHECK(answer.field("Content-Length") == read().field("Content-Length"));
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "the first positive adjust makes the record") {
  const auto made = adjust(R"({"delta":120,"reason":"r","reference":"f"})");
  check_record(made, 200, at, {1, 120});
  CHECK(read().body == made.body);
  check_record(adjust(R"({"delta":-20})"), 200, at, {2, 100});
  check_record(adjust(R"({"delta":-100})"), 200, at, {3, 0});
  check_record(read(), 200, at, {3, 0});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "HEAD answers what GET does, without the body") {
  adjust(R"({"delta":120})");
  const auto full = read();
  const auto bare = client.ask(head(path));
  CHECK(bare.status == 200);
  CHECK(bare.body.empty());
  for (const auto* name : {"Content-Length", "Content-Type", "ETag"}) {
    CHECK_FALSE(full.field(name).empty());
    CHECK(bare.field(name) == full.field(name));
  }
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a version that is known is not sent again") {
  adjust(R"({"delta":1})");
  const auto length = read().field("Content-Length");
  for (const auto* known : {"\"1\"", "W/\"1\"", "*", "\"9\", \"1\"", ",\"1\""})
    for (const auto& how : {get(path), head(path)}) {
      CAPTURE(known);
      auto ask = how;
      ask.fields = "If-None-Match: " + std::string{known} + "\r\n";
      const auto answer = client.ask(ask);
      CHECK(answer.status == 304);
      CHECK(answer.field("ETag") == "\"1\"");
      CHECK(answer.field("Content-Type").empty());
      // Not that of an empty body: RFC 9110, section 8.6.
      CHECK(answer.field("Content-Length") == length);
    }
  // Lines of a list are one list.
  const std::string one_of_three = "If-None-Match: \"7\"\r\n"
                                   "If-None-Match: \"1\"\r\n"
                                   "If-None-Match: \"8\", \"9\"\r\n";
  CHECK(read(one_of_three).status == 304);
  CHECK(read("If-Match: \"7\"\r\nIf-Match: \"8\"\r\n").status == 412);
  CHECK(read("If-Match: \"7\"\r\nIf-Match: \"1\"\r\n").status == 200);
  for (const auto* other : {"\"2\"", "\"01\"", "\"x\"", "\"\""})
    check_record(read("If-None-Match: " + std::string{other} + "\r\n"), 200, at,
                 {1, 1});
  check_problem(client.ask(get(record_path("none"), if_new)), 404,
                "sku_not_found");
}

TEST_CASE_FIXTURE(contract_record_fixture, "a read takes If-Match too") {
  adjust(R"({"delta":1})");
  check_record(read(if_match(1)), 200, at, {1, 1});
  check_problem(read(if_match(2)), 412, "precondition_failed",
                {{"currentVersion", 1}});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a count needs to say what it replaces") {
  const std::string body = R"({"onHand":5})";
  check_problem(count(body), 428, "precondition_required");
  check_problem(count(body, "If-None-Match: \"1\"\r\n"), 428,
                "precondition_required");
  check_problem(count(body, if_match(1)), 412, "precondition_failed");
  check_problem(count(body, "If-Match: *\r\n"), 412, "precondition_failed");
  check_record(count(body, if_new), 201, at, {1, 5});
  check_problem(count(body), 428, "precondition_required",
                {{"currentVersion", 1}});
  check_problem(count(body, if_new), 412, "precondition_failed",
                {{"currentVersion", 1}});
  check_problem(count(body, if_match(2)), 412, "precondition_failed",
                {{"currentVersion", 1}});
  check_problem(count(body, "If-Match: W/\"1\"\r\n"), 412,
                "precondition_failed", {{"currentVersion", 1}});
  check_record(count(R"({"onHand":6})", "If-Match: \"9\", \"1\"\r\n"), 200, at,
               {2, 6});
  check_record(count(R"({"onHand":6})", "If-Match: *\r\n"), 200, at, {3, 6});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a count leaves what it does not name") {
  count(R"({"backorderLimit":7,"reason":"r","reference":"f"})", if_new);
  count(R"({"safetyStock":3})", if_match(1));
  check_record(count(R"({"onHand":10})", if_match(2)), 200, at,
               {3, 10, 0, 3, 7});
  check_record(
      count(R"({"onHand":1,"safetyStock":0,"backorderLimit":0})", if_match(3)),
      200, at, {4, 1});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a write is judged by the version it expects") {
  adjust(R"({"delta":1})");
  const std::string expects_1 = R"({"delta":1,"expectedVersion":1})";
  const std::string expects_9 = R"({"delta":1,"expectedVersion":9})";
  check_problem(adjust(expects_9), 409, "version_conflict",
                {{"expectedVersion", 9}, {"currentVersion", 1}});
  check_problem(adjust(expects_9, if_match(1)), 409, "version_conflict",
                {{"expectedVersion", 9}, {"currentVersion", 1}});
  for (const auto& body : {expects_9, expects_1})
    check_problem(adjust(body, if_match(9)), 412, "precondition_failed",
                  {{"currentVersion", 1}});
  for (const auto& unwanted :
       {if_new, std::string{"If-None-Match: \"9\", \"1\"\r\n"}})
    check_problem(adjust(expects_1, unwanted), 412, "precondition_failed",
                  {{"currentVersion", 1}});
  check_record(adjust(expects_1, if_match(1)), 200, at, {2, 2});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "a new record can be expected as well") {
  check_problem(adjust(R"({"delta":1})", if_match(1)), 412,
                "precondition_failed");
  check_problem(adjust(R"({"delta":1,"expectedVersion":3})"), 409,
                "version_conflict",
                {{"expectedVersion", 3}, {"currentVersion", 0}});
  check_record(adjust(R"({"delta":1,"expectedVersion":0})", if_new), 200, at,
               {1, 1});
}

TEST_CASE_FIXTURE(contract_record_fixture,
                  "balances end at zero and at 10^15") {
  const std::int64_t most = 1'000'000'000'000'000;
  count(R"({"onHand":999999999999999})", if_new);
  check_problem(adjust(R"({"delta":2})"), 409, "limit_exceeded",
                {{"limit", most}});
  check_record(adjust(R"({"delta":1})"), 200, at, {2, most});
  count(R"({"onHand":3,"backorderLimit":9})", if_match(2));
  check_problem(adjust(R"({"delta":-4})"), 409, "limit_exceeded",
                {{"limit", 0}});
  count(R"({"backorderLimit":0})", if_match(3));
  check_problem(adjust(R"({"delta":-4})"), 409, "insufficient_stock",
                {{"requested", 4}, {"available", 3}});
  check_record(read(), 200, at, {4, 3});
}
