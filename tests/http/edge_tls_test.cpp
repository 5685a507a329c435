// The guard behind TLS: it sees what was encrypted.
#include <doctest/doctest.h>

#include "tests/http/edge_check.hpp"
#include "tests/http/edge_server.hpp"
#include "tests/storage/temp_dir.hpp"
#include "tests/support/tls_relay.hpp"

using namespace holdfast;
using namespace holdfast::http;

namespace {

struct secured {
  storage::testing::temp_dir directory;
  test::test_ca ca{directory.path()};
  edge_server server{ca};
  test::tls_relay relay{server.port()};
};

} // namespace

TEST_CASE("every row of the hostile table, over TLS") {
  secured given;
  for (const auto& row : all_hostile_cases()) {
    CAPTURE(row.name);
    const auto before = given.server.handled();
    check_row(given.relay.port(), row);
    CHECK(given.server.handled() - before == row.passed + (row.closes ? 0 : 1));
  }
  CHECK(given.relay.truncated() == 0);
}

TEST_CASE("requests and answers of any size pass through TLS") {
  secured given;
  raw_client client{given.relay.port()};
  const std::string body(60'000, 'b');
  REQUIRE(client.send("PUT /later HTTP/1.1\r\nHost: a\r\nContent-Length: "
                      + std::to_string(body.size()) + "\r\n\r\n" + body));
  const auto first = client.receive();
  REQUIRE(first.has_value());
  CHECK(first->body == "PUT /later\n" + body);
  REQUIRE(client.send(get_target("/large")));
  const auto second = client.receive();
  REQUIRE(second.has_value());
  CHECK(second->body.size() > edge_server::large_size);
}

TEST_CASE("a client that ends in the middle is told so over TLS") {
  secured given;
  raw_client client{given.relay.port()};
  client.send("GET / HTTP/1.1\r\nHost");
  client.close_sending();
  check_last_refusal(client, 400, "invalid_request");
}
