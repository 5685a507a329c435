// The guard at work: a real server, real sockets.
#include <doctest/doctest.h>

#include "holdfast/limits.hpp"
#include "http/edge_counters.hpp"
#include "tests/http/edge_check.hpp"
#include "tests/http/edge_server.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

void send_bytewise(raw_client& client, std::string_view bytes) {
  for (const char byte : bytes)
    if (!client.send({&byte, 1}))
      return;
}

} // namespace

TEST_CASE("every row of the hostile table, over a socket") {
  edge_server server;
  for (const auto& row : all_hostile_cases()) {
    CAPTURE(row.name);
    const auto before = server.handled();
    check_row(server.port(), row);
    // A connection that stays open was tried with one more request.
    CHECK(server.handled() - before == row.passed + (row.closes ? 0 : 1));
  }
}

TEST_CASE("requests arrive as they were sent") {
  edge_server server;
  raw_client client{server.port()};
  std::string body;
  for (int i = 0; i < 30'000; ++i)
    body += static_cast<char>('a' + i % 26);
  const auto head = "PUT /x?y HTTP/1.1\r\nHost: a\r\nX-Big: "
                    + std::string(8000, 'v') + "\r\nContent-Length: 30000\r\n";
  REQUIRE(client.send(head + "\r\n" + body + good_request));
  const auto first = client.receive();
  REQUIRE(first.has_value());
  CHECK(first->body == "PUT /x?y\n" + body);
  const auto second = client.receive();
  REQUIRE(second.has_value());
  CHECK(second->body == "GET /api/health\n");
}

TEST_CASE("requests may come byte by byte") {
  edge_server server;
  raw_client client{server.port()};
  const auto post = post_with("Content-Length: 11\r\n", R"({"delta":1})");
  send_bytewise(client, good_request + "\r\n" + post + bad_request);
  for (int i = 0; i < 2; ++i) {
    const auto answer = client.receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
  }
  check_last_refusal(client, 400, "invalid_request");
  CHECK(server.handled() == 2);
}

TEST_CASE("a client that has said all it wants is still answered") {
  edge_server server;
  for (const auto* target : {"/", "/later"}) {
    raw_client client{server.port()};
    client.send(get_target(target) + good_request);
    client.close_sending();
    for (int i = 0; i < 2; ++i)
      CHECK(client.receive().has_value());
    CHECK(client.is_closed_by_peer());
  }
  raw_client client{server.port()};
  client.send(bad_request);
  client.close_sending();
  check_last_refusal(client, 400, "invalid_request");
}

TEST_CASE("a client that stops in the middle is told so") {
  edge_server server;
  const auto post = post_with("Content-Length: 11\r\n", R"({"delta)");
  for (const auto& raw : {good_request.substr(0, 10),
                          good_request.substr(0, good_request.size() - 1), post,
                          good_request + post}) {
    raw_client client{server.port()};
    client.send(raw);
    client.close_sending();
    if (raw.starts_with(good_request))
      CHECK(client.receive().has_value());
    check_last_refusal(client, 400, "invalid_request");
  }
  CHECK(server.handled() == 1);
}

TEST_CASE("a client that says nothing is not answered") {
  edge_server server;
  for (const auto* raw : {"", "\r\n", "\r\n\r\n"}) {
    raw_client client{server.port()};
    client.send(raw);
    client.close_sending();
    CHECK(client.is_closed_by_peer());
  }
}

TEST_CASE("who expects to be asked is asked, once") {
  edge_server server;
  raw_client client{server.port()};
  const auto head =
      post_with("Content-Length: 2\r\nExpect: 100-continue\r\n", "");
  for (int i = 0; i < 3; ++i) {
    client.send(head);
    const auto interim = client.receive();
    REQUIRE(interim.has_value());
    CHECK(interim->status == 100);
    CHECK(interim->fields.empty());
    client.send("{}");
    const auto answer = client.receive();
    REQUIRE(answer.has_value());
    CHECK(answer->status == 200);
    CHECK(answer->body.ends_with("{}"));
  }
}

TEST_CASE("who does not wait to be asked is not") {
  edge_server server;
  raw_client client{server.port()};
  client.send(post_with("Content-Length: 2\r\nExpect: 100-continue\r\n", "{}"));
  const auto answer = client.receive();
  REQUIRE(answer.has_value());
  CHECK(answer->status == 200);
}
