// Everything hostile, against the whole program: it answers as it should,
// stays alive, and no stock has changed.
#include <doctest/doctest.h>

#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/hostile_calls.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/http/edge_check.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

constexpr std::string_view good_write = "\r\n\r\n{\"delta\":1}";

/// Adjusts of `row` that are sound: those before its fault.
std::size_t sound_writes(const http::hostile_case& row) {
  std::size_t count = 0;
  if (row.passed == 0)
    return 0;
  for (auto at = row.raw.find(good_write); at != std::string::npos;
       at = row.raw.find(good_write, at + 1))
    ++count;
  return count;
}

/// The table writes to this record and no other.
struct hostile_fixture {
  live_node node;
  caller client{node.port()};

  std::size_t events() {
    return body_of(client.ask(get("/api/events?limit=1000")))["events"].size();
  }
  std::int64_t on_hand() {
    const auto answer = client.ask(get(record_path("85123A")));
    return answer.status == 404 ? 0
                                : body_of(answer)["onHand"].get<std::int64_t>();
  }
};

} // namespace

TEST_CASE_FIXTURE(hostile_fixture,
                  "every row of the hostile table, whole program") {
  const auto rows = http::all_hostile_cases();
  CHECK(rows.size() >= 300);
  std::size_t written = 0;
  for (const auto& row : rows) {
    CAPTURE(row.name);
    http::check_row(node.port(), row);
    written += sound_writes(row);
    REQUIRE(events() == written);
    REQUIRE(on_hand() == static_cast<std::int64_t>(written));
  }
  CHECK(written > 0);
  CHECK(node.is_running());
  MESSAGE(rows.size() << " rows");
}

TEST_CASE_FIXTURE(hostile_fixture,
                  "every hostile call is refused and changes nothing") {
  const auto path = record_path(hostile_sku);
  client.ask(put(path, R"({"onHand":100})", if_new));
  const auto before = client.ask(get(path)).body;
  const auto rows = all_hostile_calls();
  CHECK(rows.size() >= 60);
  for (const auto& row : rows) {
    CAPTURE(row.what.method);
    CAPTURE(row.what.target);
    CAPTURE(row.what.fields);
    CAPTURE(row.what.body.substr(0, 200));
    const auto answer = client.ask(row.what);
    if (row.status == 400)
      check_invalid(answer, row.pointers);
    else if (row.status == 412 || row.status == 428)
      check_problem(answer, row.status, row.code, {{"currentVersion", 1}});
    else
      check_problem(answer, row.status, row.code);
    CHECK(answer.field("X-Evil").empty());
    CHECK(events() == 1);
  }
  CHECK(client.ask(get(path)).body == before);
  CHECK(node.is_running());
  MESSAGE(rows.size() << " calls");
}

TEST_CASE_FIXTURE(hostile_fixture, "a body may say that it is not coded") {
  for (const std::string coding : {"identity", " Identity ", ""})
    CHECK(client
              .ask(post(record_path("a") + "/adjust", R"({"delta":1})",
                        "Content-Encoding:" + coding + "\r\n"))
              .status
          == 200);
}

TEST_CASE_FIXTURE(hostile_fixture,
                  "who sends a coded body is told what is taken instead") {
  const auto taken = [&](const std::string& fields) {
    const auto answer = client.ask(
        post(record_path("a") + "/adjust", R"({"delta":1})", fields));
    CHECK(answer.status == 415);
    return answer.field("Accept-Encoding");
  };
  CHECK(taken("Content-Encoding: gzip\r\n") == "identity");
  CHECK(taken("Content-Encoding: br\r\nContent-Encoding: identity\r\n")
        == "identity");
  CHECK(taken("Content-Type: text/plain\r\n").empty());
}

TEST_CASE_FIXTURE(hostile_fixture,
                  "a thousand faults are told in a short answer") {
  std::string body = "{";
  for (int i = 0; i < 5'000; ++i)
    body += "\"x\":1,";
  const auto answer =
      client.ask(post(record_path("a") + "/adjust", body + "\"delta\":1}"));
  CHECK(answer.status == 400);
  CHECK(answer.body.size() < 65'536);
  CHECK(body_of(answer)["errors"].size() == 100);
}
