// Safe retries: one effect and one answer for a key.
#include <doctest/doctest.h>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/end_to_end/replays.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// A record of ten.
struct keyed_ten {
  place at{fresh_name("keys")};
  std::string path = record_path(at.sku);
  caller client{shared_node().port()};

  keyed_ten() {
    client.ask(put(path, R"({"onHand":10})", if_new));
  }
  auto adjust(const std::string& body, const std::string& fields) {
    return client.ask(post(path + "/adjust", body, fields));
  }
  std::uint64_t version() {
    return body_of(client.ask(get(path)))["version"];
  }
};

} // namespace

TEST_CASE_FIXTURE(keyed_ten, "every write is repeated by its key") {
  const auto script = play_everything(client, at.sku);
  const auto before = client.ask(get(path)).body;
  for (const auto& each : script)
    check_replay(client.ask(each.what), each);
  CHECK(client.ask(get(path)).body == before);
}

TEST_CASE_FIXTURE(keyed_ten, "a key is the same quoted, bare and re-spelled") {
  const std::string plain = R"({"delta":1,"reason":"x","reference":"y"})";
  const auto first = adjust(plain, keyed("a\\b"));
  check_record(first, 200, at, {2, 11});
  for (const auto& [body, key] :
       {std::pair{plain, R"("a\\b")"},
        {R"( { "reference":"y", "reason" : "x","delta":1 } )", "a\\b"},
        {R"({"delta":1,"reason":"\u0078","reference":"y"})", " a\\b "}}) {
    const auto again = adjust(body, keyed(key));
    CHECK(again.field("Idempotent-Replayed") == "true");
    CHECK(again.body == first.body);
  }
}

TEST_CASE_FIXTURE(keyed_ten, "a key does not take another body") {
  adjust(R"({"delta":1})", keyed("k"));
  for (const auto* other : {R"({"delta":2})", R"({"delta":1,"reason":"x"})"})
    check_problem(adjust(other, keyed("k")), 422, "idempotency_mismatch");
  CHECK(adjust(R"({"delta":1})", keyed("k")).status == 200);
  CHECK(version() == 2);
}

TEST_CASE_FIXTURE(keyed_ten, "a key counts for its method and path alone") {
  const std::string body = R"({"quantity":2})";
  const auto key = keyed("shared");
  const auto id = body_of(client.ask(
      post(path + "/reserve", body, key)))["reservation"]["reservationId"]
                      .get<std::string>();
  const auto by_id = "/api/reservations/" + id;
  const auto in_body = R"({"reservationId":")" + id + R"(","quantity":1})";
  std::uint64_t expected = 2;
  for (const auto& fresh :
       {post(path + "/adjust", R"({"delta":2})", key),
        put(path, R"({"onHand":30})", key + if_match(3)),
        post(by_id + "/release", R"({"quantity":1})", key),
        post(by_id + "/extend", R"({"ttlSeconds":60})", key),
        post(path + "/commit", in_body, key)}) {
    CAPTURE(fresh.target);
    const auto answer = client.ask(fresh);
    CHECK(answer.status == 200);
    CHECK(answer.field("Idempotent-Replayed").empty());
    CHECK(version() == ++expected);
  }
  for (const auto& other :
       {record_path(at.sku, "store-2"), record_path(at.sku + "x")}) {
    const auto answer =
        client.ask(post(other + "/adjust", R"({"delta":2})", key));
    CHECK(answer.field("Idempotent-Replayed").empty());
  }
  CHECK(version() == expected);
}

TEST_CASE_FIXTURE(keyed_ten, "two holds take the same key each for itself") {
  for (int i = 0; i < 2; ++i) {
    const auto id = body_of(client.ask(
        post(path + "/reserve",
             R"({"quantity":1})")))["reservation"]["reservationId"]
                        .get<std::string>();
    const auto answer = client.ask(
        post("/api/reservations/" + id + "/release", "{}", keyed("one")));
    CHECK(answer.status == 200);
    CHECK(answer.field("Idempotent-Replayed").empty());
  }
}

TEST_CASE_FIXTURE(keyed_ten, "a refusal of the business is repeated") {
  const auto much = post(path + "/reserve", R"({"quantity":11})", keyed("r"));
  const auto refused = client.ask(much);
  check_problem(refused, 409, "insufficient_stock",
                {{"requested", 11}, {"available", 10}});
  adjust(R"({"delta":5})", {});
  const auto again = client.ask(much);
  CHECK(again.field("Idempotent-Replayed") == "true");
  check_problem(again, 409, "insufficient_stock",
                {{"requested", 11}, {"available", 10}});
  auto other = much;
  other.body = R"({"quantity":12})";
  check_problem(client.ask(other), 422, "idempotency_mismatch");
}

TEST_CASE_FIXTURE(keyed_ten,
                  "a request that never counted leaves its key free") {
  const auto key = keyed("free");
  check_invalid(adjust(R"({"delta":0})", key), {"/delta"});
  check_problem(adjust("x", key + "Content-Type: text/plain\r\n"), 415,
                "unsupported_media_type");
  check_record(adjust(R"({"delta":1})", key), 200, at, {2, 11});
  check_problem(client.ask(put(path, R"({"onHand":1})", key)), 428,
                "precondition_required", {{"currentVersion", 2}});
  check_record(client.ask(put(path, R"({"onHand":1})", key + if_match(2))), 200,
               at, {3, 1});
}

TEST_CASE_FIXTURE(keyed_ten, "a key has 1 to 255 visible characters") {
  const std::string one = R"({"delta":1})";
  for (const std::string bad : {"", "\"\"", "a b", "\"a b\"", "\"a", "a\tb",
                                "\xc3\xa9", "\"a\"b", "\"a\\b\""})
    check_invalid(adjust(one, keyed(bad)), {"Idempotency-Key"});
  check_invalid(adjust(one, keyed(std::string(256, 'k'))), {"Idempotency-Key"});
  check_invalid(adjust(one, keyed("a") + keyed("a")), {"Idempotency-Key"});
  CHECK(version() == 1);
  for (const std::string& good :
       {std::string(255, 'k'), std::string{"!"}, std::string{"a,b;c=\"d\""}})
    CHECK(adjust(one, keyed(good)).status == 200);
}

TEST_CASE_FIXTURE(keyed_ten, "a read has no use for a key") {
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.ask(get(path, keyed("")));
    CHECK(answer.status == 200);
    CHECK(answer.field("Idempotent-Replayed").empty());
  }
}

TEST_CASE_FIXTURE(keyed_ten, "duplicates in flight have one effect") {
  const auto what =
      to_bytes(post(path + "/reserve", R"({"quantity":1})", keyed("twin")));
  std::vector<std::unique_ptr<raw_client>> twins;
  for (int i = 0; i < 50; ++i)
    twins.push_back(std::make_unique<raw_client>(shared_node().port()));
  for (const auto& twin : twins)
    REQUIRE(twin->send(what));
  std::string granted;
  int fresh = 0;
  for (const auto& twin : twins) {
    const auto answer = twin->receive();
    REQUIRE(answer.has_value());
    if (answer->status != 201) {
      check_problem(*answer, 409, "idempotency_in_flight");
      continue;
    }
    fresh += answer->field("Idempotent-Replayed").empty() ? 1 : 0;
    if (granted.empty())
      granted = answer->body;
    CHECK(answer->body == granted);
  }
  CHECK(fresh == 1);
  CHECK(version() == 2);
}

TEST_CASE("a key is forgotten after its time") {
  live_node node{{"--idemp-ttl-ms", "300"}};
  caller client{node.port()};
  const auto what =
      post(record_path("a") + "/adjust", R"({"delta":1})", keyed("k"));
  const auto first = client.ask(what);
  CHECK(first.field("Idempotent-Replayed").empty());
  raw_response fresh;
  REQUIRE(test::wait_until([&] {
    fresh = client.ask(what);
    return fresh.field("Idempotent-Replayed").empty();
  }));
  check_record(fresh, 200, {"a"}, {2, 2});
  CHECK(time_ms(body_of(fresh)["updatedAt"])
        >= time_ms(body_of(first)["updatedAt"]) + 300);
}
