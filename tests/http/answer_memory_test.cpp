#include <doctest/doctest.h>

#include "http/call_notes.hpp"
#include "tests/http/requests.hpp"

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;

namespace {

page_key asked(const std::string& key, std::uint8_t body = 1) {
  return {"POST\napi\nsync\n" + key, digest{body}};
}

struct answer_memory_fixture {
  answer_memory::clock::time_point now{1h};
  answer_memory memory{10s};

  std::optional<api_response> recall(const page_key& key) {
    return memory.recall(key, "request-2", now);
  }
  void settle(const page_key& key, std::string body,
              error_code code = error_code::none) {
    api_response said;
    said.code = code;
    said.body = std::move(body);
    memory.settle(key, said, now);
    memory.release(key);
  }
};

std::optional<page_key> key_of(api_request request, std::string_view key) {
  request.idempotency_key = key;
  return interpreted(request).key;
}

api_request start(std::string body) {
  return send("POST", "/api/sync/start", std::move(body));
}

} // namespace

TEST_CASE_FIXTURE(answer_memory_fixture,
                  "the first answer under a key is that of all") {
  CHECK_FALSE(recall(asked("a")));
  settle(asked("a"), "first");
  now += 9s;
  for (int i = 0; i < 2; ++i) {
    const auto again = recall(asked("a"));
    REQUIRE(again);
    CHECK(again->body == "first");
    CHECK(again->replayed);
  }
  CHECK_FALSE(recall(asked("b")));
  CHECK(recall(asked("a", 2))->code == error_code::idempotency_mismatch);
}

TEST_CASE_FIXTURE(answer_memory_fixture,
                  "what is under way is not begun again") {
  CHECK_FALSE(recall(asked("a")));
  const auto refused = recall(asked("a"));
  REQUIRE(refused);
  CHECK(refused->code == error_code::idempotency_in_flight);
  CHECK(refused->retry_after_s > 0);
  // However long it takes.
  now += 1h;
  CHECK(recall(asked("a")));
}

TEST_CASE_FIXTURE(answer_memory_fixture,
                  "what ends without an answer may be asked anew") {
  CHECK_FALSE(recall(asked("a")));
  memory.release(asked("a"));
  CHECK_FALSE(recall(asked("a", 2)));
}

TEST_CASE("a request that nobody answers ends with the last who could") {
  const auto shared = std::make_shared<answer_memory>(10s);
  const answer_memory::clock::time_point now{1h};
  const auto ask = [&] {
    interpretation todo;
    todo.next = page_request{};
    todo.key = asked("a");
    waiting_request call;
    call.since = now;
    note(todo, call, shared);
    return call;
  };
  {
    auto call = ask();
    REQUIRE(call.key);
    const auto other = std::exchange(call, {});
    CHECK_FALSE(ask().key);
  }
  CHECK(ask().key);
}

TEST_CASE_FIXTURE(answer_memory_fixture, "a key lives from its answer on") {
  CHECK_FALSE(recall(asked("a")));
  now += 1h;
  settle(asked("a"), "first");
  now += 10s - 1ms;
  CHECK(recall(asked("a")));
  now += 1ms;
  CHECK_FALSE(recall(asked("a", 2)));
}

TEST_CASE_FIXTURE(answer_memory_fixture,
                  "only what would be the same again is kept") {
  const std::pair<error_code, bool> codes[] = {
      {error_code::insufficient_stock, true},
      {error_code::invalid_request, false},
      {error_code::rate_limited, false},
      {error_code::store_unavailable, false},
      {error_code::deadline_exceeded, false}};
  for (const auto& [code, is_kept] : codes) {
    const auto key = asked(std::string{to_string(code)});
    CHECK_FALSE(recall(key));
    settle(key, "refused", code);
    const auto again = recall(key);
    CHECK(again.has_value() == is_kept);
    CHECK((!again || (again->code == code && again->replayed)));
  }
}

TEST_CASE_FIXTURE(answer_memory_fixture,
                  "the oldest answers make room for others") {
  for (std::size_t i = 0; i <= answer_memory::kept_max; ++i) {
    CHECK_FALSE(recall(asked(std::to_string(i))));
    settle(asked(std::to_string(i)), "said");
  }
  CHECK(recall(asked("1")));
  CHECK(recall(asked(std::to_string(answer_memory::kept_max))));
  CHECK_FALSE(recall(asked("0")));
}

TEST_CASE("bodies that say the same are the same") {
  const auto one = key_of(start(R"({"a":1,"b":[1,{"c":"d"}]})"), "k");
  const auto two = key_of(start(R"( {"b": [1, {"c":"\u0064"}], "a": 1})"), "k");
  const auto other = key_of(start(R"({"a":1,"b":[{"c":"d"},1]})"), "k");
  REQUIRE(one);
  CHECK(one->body == two->body);
  CHECK(one->body != other->body);
  CHECK(key_of(start(""), "k")->body == key_of(start("{}"), "k")->body);
}

TEST_CASE("a body that everybody refuses repeats nothing") {
  using namespace std::string_literals;
  const auto taken = R"({"a":1})"s;
  REQUIRE(key_of(start(taken), "k"));
  for (const auto& refused :
       {R"({"a":1,"a":1})"s, R"({"a":2,"\u0061":1})"s, "\xef\xbb\xbf" + taken,
        taken + '\0', taken + '\0' + "x", taken + "x", "[1]"s,
        std::string(60'000, '[')}) {
    CAPTURE(refused.substr(0, 20));
    CHECK_FALSE(key_of(start(refused), "k"));
  }
}

TEST_CASE("a key is of one method and one path") {
  const auto one = key_of(send("POST", "/api/sync/start", ""), "k");
  REQUIRE(one);
  CHECK(one->scope
        == key_of(send("POST", "/api/sync/start?x=1", ""), "\"k\"")->scope);
  for (const auto& other :
       {send("POST", "/api/sync/stop", ""), send("PUT", "/api/log-level", ""),
        send("POST", "/api/dead-letters/7/retry", ""),
        send("POST", "/api/dead-letters/8/retry", "")}) {
    const auto key = key_of(other, "k");
    REQUIRE(key);
    CHECK(key->scope != one->scope);
  }
  CHECK(key_of(start(""), "l")->scope != one->scope);
  CHECK_FALSE(key_of(send("DELETE", "/api/dead-letters/7", ""), "k"));
  CHECK_FALSE(key_of(get("/api/sync/status"), "k"));
  // The journal remembers that one.
  CHECK_FALSE(key_of(send("POST", base + "/adjust", R"({"delta":1})"), "k"));
}

TEST_CASE("a key that is none is a fault like others") {
  auto request = send("POST", "/api/dead-letters/x/retry", "");
  request.idempotency_key = "a b";
  const auto todo = interpreted(request);
  CHECK_FALSE(todo.key);
  REQUIRE(std::holds_alternative<api_response>(todo.next));
  CHECK(std::get<api_response>(todo.next).status == 400);
}
