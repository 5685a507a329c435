// Clients that are slow, gone, or never done.
#include <doctest/doctest.h>

#include <memory>
#include <thread>

#include "holdfast/limits.hpp"
#include "http/edge_counters.hpp"
#include "tests/http/edge_check.hpp"
#include "tests/http/edge_server.hpp"

using namespace holdfast;
using namespace holdfast::http;

TEST_CASE("clients that reset do no harm") {
  edge_server server;
  const auto post = post_with("Content-Length: 11\r\n", R"({"delta)");
  for (const auto& raw :
       {std::string{}, good_request.substr(0, 10), post, good_request,
        bad_request, get_target("/later"), get_target("/large")})
    for (int i = 0; i < 20; ++i) {
      raw_client client{server.port()};
      client.send(raw);
      client.reset();
    }
  raw_client client{server.port()};
  client.send(good_request);
  CHECK(client.receive().has_value());
}

TEST_CASE("a refusal waits for the end of a long answer") {
  edge_server server;
  raw_client client{server.port()};
  client.send(get_target("/large") + bad_request);
  const auto large = client.receive();
  REQUIRE(large.has_value());
  CHECK(large->body.size() > edge_server::large_size);
  CHECK(large->body.ends_with("xxx"));
  check_last_refusal(client, 400, "invalid_request");
  CHECK(server.handled() == 1);
}

TEST_CASE("a request that begins during a long answer stays whole") {
  edge_server server;
  raw_client client{server.port()};
  const auto post = post_with("Content-Length: 11\r\n", R"({"delta":1})");
  client.send(get_target("/large") + post.substr(0, post.size() - 5));
  const auto large = client.receive();
  REQUIRE(large.has_value());
  CHECK(large->body.size() > edge_server::large_size);
  client.send(post.substr(post.size() - 5));
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  CHECK(answer->body.ends_with(R"({"delta":1})"));
  CHECK(server.handled() == 2);
}

TEST_CASE("the end of the requests does not cut a long answer") {
  edge_server server;
  raw_client client{server.port()};
  client.send(get_target("/large"));
  client.close_sending();
  const auto large = client.receive();
  REQUIRE(large.has_value());
  CHECK(large->body.size() > edge_server::large_size);
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("a peer that goes on sending is listened to for a while") {
  edge_server server;
  raw_client client{server.port()};
  client.send(post_with("Content-Length: 1000000\r\n", ""));
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  check_refusal(*answer, 413, "body_too_large");
  // A reset would end this before the second piece.
  const std::string piece(10'000, 'x');
  for (int i = 0; i < 100; ++i)
    REQUIRE(client.send(piece));
  CHECK(client.is_closed_by_peer());
}

TEST_CASE("a peer that never stops is cut off") {
  edge_server server;
  raw_client client{server.port()};
  const std::string chunk(64 * 1024, 'x');
  const auto limit = 100 * limits::refusal_drain_bytes_max;
  std::size_t sent = 0;
  client.send("BREW ");
  while (sent < limit && client.send(chunk))
    sent += chunk.size();
  CHECK(sent < limit);
}

TEST_CASE("a peer that stays is cut off in time") {
  edge_server server;
  const auto start = std::chrono::steady_clock::now();
  raw_client client{server.port()};
  client.send("BREW ");
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  while (client.send(" "))
    std::this_thread::yield();
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(took < limits::read_timeout);
}

TEST_CASE("many connections at once, good and bad") {
  edge_server server;
  const auto before = edge_refusals(error_code::invalid_request);
  constexpr unsigned count = 200;
  std::vector<std::unique_ptr<raw_client>> clients;
  for (unsigned i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<raw_client>(server.port()));
    clients.back()->send(
        (i % 2 == 0 ? good_request : bad_request).substr(0, 20));
  }
  for (unsigned i = 0; i < count; ++i)
    clients[i]->send((i % 2 == 0 ? good_request : bad_request).substr(20));
  for (unsigned i = 0; i < count; ++i) {
    const auto answer = clients[i]->receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status == (i % 2 == 0 ? 200 : 400));
  }
  CHECK(server.handled() == count / 2);
  CHECK(edge_refusals(error_code::invalid_request) == before + count / 2);
}
