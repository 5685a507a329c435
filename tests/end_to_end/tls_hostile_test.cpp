// Handshakes that are none.
#include <doctest/doctest.h>

#include <memory>

#include "tests/end_to_end/tls_node.hpp"
#include "tests/support/raw_client.hpp"
#include "tests/support/seed.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::live;

namespace {

/// The first bytes of a record: handshake, TLS 1.0, of so many bytes.
std::string record_of(std::size_t size) {
  return {'\x16', '\x03', '\x01', static_cast<char>(size >> 8),
          static_cast<char>(size)};
}

/// The connections that the node tells of, that of the question among them.
int open_connections(const tls_node& node) {
  const std::string name = "\nholdfast_http_connections ";
  CHECK(node.curl(node.ca().authority(), "/metrics").out == "200 1.1\n");
  const auto page = test::read_text(node.directory() + "/body");
  const auto at = page.find(name);
  REQUIRE(at != std::string::npos);
  return std::stoi(page.substr(at + name.size()));
}

} // namespace

TEST_CASE("a connection counts from its accept, and not once it has failed") {
  const tls_node node;
  CHECK(test::wait_until([&] {
    // Each time new ones, as who is silent for long is closed.
    const raw_client one{node.port()};
    const raw_client other{node.port()};
    return open_connections(node) == 3;
  }));
  for (int i = 0; i < 5; ++i) {
    raw_client client{node.port()};
    REQUIRE(client.send("no handshake\r\n\r\n"));
    CHECK(client.is_ended_by_peer());
  }
  CHECK(test::wait_until([&] { return open_connections(node) == 1; }));
}

TEST_CASE("plain HTTP on the port of TLS is closed and not answered") {
  const tls_node node;
  for (const std::string request :
       {"GET /api/health HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}"}) {
    raw_client client{node.port()};
    REQUIRE(client.send(request));
    CHECK(client.is_closed_by_peer());
  }
  CHECK(node.serves(node.ca().authority()));
}

TEST_CASE("who does not finish a handshake is closed in time") {
  const tls_node node;
  std::vector<std::unique_ptr<raw_client>> silent;
  for (const auto& bytes :
       {std::string{}, record_of(512), record_of(512) + std::string(511, '\1'),
        std::string{'\x16'}}) {
    silent.push_back(std::make_unique<raw_client>(node.port()));
    REQUIRE(silent.back()->send(bytes));
  }
  CHECK(node.serves(node.ca().authority()));
  for (const auto& client : silent)
    CHECK(client->is_closed_by_peer());
}

TEST_CASE("any bytes for a handshake end their connection and no other") {
  const tls_node node;
  auto random = seeded_engine();
  for (int i = 0; i < 200; ++i) {
    std::string bytes(1 + random() % 600, '\0');
    for (auto& byte : bytes)
      byte = static_cast<char>(random());
    if (i % 2 == 0)
      bytes = record_of(bytes.size()) + '\x01' + bytes;
    raw_client client{node.port()};
    client.send(bytes);
    client.close_sending();
    CHECK(client.is_ended_by_peer());
  }
  CHECK(node.serves(node.ca().authority()));
}
