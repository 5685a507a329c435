// Clients that are slow, gone, or too many.
#include <doctest/doctest.h>

#include <memory>

#include "tests/end_to_end/caller.hpp"
#include "tests/end_to_end/checks.hpp"
#include "tests/end_to_end/live_node.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

using clients = std::vector<std::unique_ptr<raw_client>>;

/// A record of a thousand.
struct rude_clients_fixture {
  place at{fresh_name("rude")};
  std::string path = record_path(at.sku);
  std::uint16_t port = shared_node().port();
  caller client{port};

  rude_clients_fixture() {
    client.ask(put(path, R"({"onHand":1000})", if_new));
  }
  clients connect(std::size_t count) const {
    clients made;
    for (std::size_t i = 0; i < count; ++i)
      made.push_back(std::make_unique<raw_client>(port));
    return made;
  }
  std::string reserve_with(const std::string& fields = {}) const {
    return to_bytes(post(path + "/reserve", R"({"quantity":1})", fields));
  }
  json record() {
    return body_of(client.ask(get(path)));
  }
};

/// A body of `size` bytes that means `{"delta":1}`.
std::string padded(std::size_t size) {
  const std::string body = R"({"delta":1})";
  return std::string(size - body.size(), ' ') + body;
}

} // namespace

TEST_CASE_FIXTURE(rude_clients_fixture,
                  "slow clients do not hold up an honest one") {
  const auto slow = connect(200);
  const auto whole = reserve_with();
  // Each must be done before a node has enough of it.
  constexpr std::size_t piece = 4;
  std::size_t sent = 0;
  for (; sent + piece < whole.size(); sent += piece) {
    for (const auto& each : slow)
      REQUIRE(each->send(whole.substr(sent, piece)));
    CHECK(client.ask(get(path)).status == 200);
    CHECK(client.ask(post(path + "/adjust", R"({"delta":1})")).status == 200);
  }
  CHECK(record()["reserved"] == 0);
  for (const auto& each : slow) {
    REQUIRE(each->send(whole.substr(sent)));
    const auto answer = each->receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status == 201);
  }
  CHECK(record()["reserved"] == 200);
}

TEST_CASE_FIXTURE(rude_clients_fixture,
                  "clients that leave at once do no harm") {
  constexpr int count = 200;
  const auto key = [](int i) {
    return keyed("left-" + std::to_string(i));
  };
  for (int i = 0; i < count; ++i) {
    raw_client gone{port};
    gone.send(reserve_with(key(i)));
    if (i % 2 == 0)
      gone.reset();
  }
  // Those who come back learn what became of them, and no unit is lost.
  for (int i = 0; i < count; ++i) {
    raw_response answer;
    REQUIRE(test::wait_until([&] {
      answer = client.ask(post(path + "/reserve", R"({"quantity":1})", key(i)));
      return answer.status != 409;
    }));
    CHECK(answer.status == 201);
  }
  CHECK(record()["reserved"] == count);
  CHECK(record()["version"] == count + 1);
}

TEST_CASE_FIXTURE(rude_clients_fixture,
                  "requests in a pipeline are answered in order") {
  constexpr std::uint64_t count = 60;
  const std::string adjust = to_bytes(post(path + "/adjust", R"({"delta":1})"));
  std::string all;
  for (std::uint64_t i = 0; i < count; ++i)
    all += adjust + to_bytes(get(path)) + to_bytes(get("/api/health/liveness"))
           + to_bytes(get("/nothing"));
  raw_client pipeline{port};
  REQUIRE(pipeline.send(all));
  for (std::uint64_t i = 0; i < count; ++i) {
    for (int twice = 0; twice < 2; ++twice) {
      const auto answer = pipeline.receive();
      REQUIRE(answer.has_value());
      CHECK(body_of(*answer)["version"] == i + 2);
    }
    CHECK(pipeline.receive()->status == 200);
    CHECK(pipeline.receive()->status == 404);
  }
}

TEST_CASE_FIXTURE(rude_clients_fixture, "a flood of connections is served") {
  auto flood = connect(500);
  for (const auto& each : flood)
    REQUIRE(each->send(to_bytes(get(path))));
  for (const auto& each : flood) {
    const auto answer = each->receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
  }
  CHECK(caller{port}.ask(get(path)).status == 200);
  for (std::size_t i = 0; i < flood.size(); i += 2)
    flood[i]->reset();
  for (std::size_t i = 1; i < flood.size(); i += 2) {
    REQUIRE(flood[i]->send(reserve_with()));
    CHECK(flood[i]->receive()->status == 201);
  }
  CHECK(record()["reserved"] == 250);
}

TEST_CASE_FIXTURE(rude_clients_fixture, "a body has at most 64 KiB") {
  const auto adjust = path + "/adjust";
  check_record(client.ask(post(adjust, padded(65'536))), 200, at, {2, 1'001});
  const auto large = client.ask(post(adjust, padded(65'537)));
  check_problem(large, 413, "body_too_large");
  CHECK(large.field("Connection") == "close");
  const auto again = client.ask(post(adjust, padded(65'536)));
  check_record(again, 200, at, {3, 1'002});
}

TEST_CASE_FIXTURE(rude_clients_fixture, "a body may come in pieces") {
  raw_client slow{port};
  const auto whole = to_bytes(post(path + "/adjust", padded(65'536)));
  for (std::size_t at = 0; at < whole.size(); at += 1'000)
    REQUIRE(slow.send(whole.substr(at, 1'000)));
  const auto answer = slow.receive();
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
}

TEST_CASE_FIXTURE(rude_clients_fixture,
                  "a client that has nothing more to say is answered") {
  raw_client last{port};
  REQUIRE(last.send(reserve_with()));
  last.close_sending();
  const auto answer = last.receive();
  REQUIRE(answer.has_value());
  CHECK(answer->status == 201);
  CHECK(last.is_closed_by_peer());
}
