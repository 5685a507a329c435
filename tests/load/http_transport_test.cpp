// The way over HTTP, where nobody listens, where somebody does, and where
// nobody answers.
#include <doctest/doctest.h>

#include <future>
#include <string>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "src/cli/load/http_connection.hpp"
#include "src/cli/load/http_transport.hpp"
#include "src/cli/load/socket_address.hpp"

using namespace holdfast;
using namespace holdfast::cli;
using namespace std::chrono_literals;

namespace {

/// A port that is taken, on which nobody listens until it is told to.
class small_server {
public:
  small_server() {
    at_.sin_family = AF_INET;
    at_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at_;
    auto* const where = reinterpret_cast<sockaddr*>(&at_);
    REQUIRE(::bind(socket_, where, size) == 0);
    REQUIRE(::getsockname(socket_, where, &size) == 0);
  }
  ~small_server() {
    ::close(socket_);
  }

  http_base base() const {
    return {"127.0.0.1", ntohs(at_.sin_port), ""};
  }
  void listen() {
    REQUIRE(::listen(socket_, 16) == 0);
  }
  /// Meanwhile, takes a connection and a request, answers that and closes.
  std::future<std::string> answer(const std::string& with) {
    return std::async(std::launch::async, [this, with] {
      const timeval patience{60, 0};
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience,
                   sizeof patience);
      const auto peer = ::accept(socket_, nullptr, nullptr);
      ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
      char bytes[4'096];
      const auto count = ::recv(peer, bytes, sizeof bytes, 0);
      ::send(peer, with.data(), with.size(), MSG_NOSIGNAL);
      ::close(peer);
      return std::string{bytes,
                         static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
    });
  }

private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at_{};
};

constexpr auto unknown_sku =
    "HTTP/1.1 404 Not Found\r\nContent-Length: 24\r\n\r\n"
    R"({"code":"sku_not_found"})";

command read_of(const std::string& sku) {
  command made;
  made.from.what = action::read;
  made.from.store = "s";
  made.from.sku = sku;
  return made;
}

/// The next reply.
reply next_of(transport& way) {
  std::vector<reply> got;
  const auto give_up_at = transport::clock::now() + 60s;
  while (got.empty()) {
    REQUIRE(transport::clock::now() < give_up_at);
    way.receive(transport::clock::now() + 10ms, got);
  }
  CHECK(got.size() == 1);
  return got.front();
}

} // namespace

TEST_CASE("a server has an address of either protocol") {
  CHECK(socket_address{"10.0.0.1", 80}.family() == AF_INET);
  CHECK(socket_address{"::1", 80}.family() == AF_INET6);
  CHECK_THROWS_AS((socket_address{"localhost", 80}), load_failure);
}

TEST_CASE("a question that nobody accepts never left, and is not hurried") {
  small_server server;
  const auto base = server.base();
  const auto way = make_http_transport(base, 1);
  const auto begin = transport::clock::now();
  way->send(0, 7, read_of("A"));
  const auto said = next_of(*way);
  CHECK(said.is == fate::unreached);
  CHECK(said.ticket == 7);
  CHECK(transport::clock::now() >= begin + 20ms);
  // Whoever listens later is found.
  server.listen();
  way->send(0, 8, read_of("A"));
  auto heard = server.answer(unknown_sku);
  CHECK(next_of(*way).answer.code == error_code::sku_not_found);
  CHECK(heard.get().starts_with("GET /api/inventory/stores/s/"));
}

TEST_CASE(
    "a question that nobody accepted is given up as one that never left") {
  small_server server;
  const auto base = server.base();
  const auto way = make_http_transport(base, 1);
  way->send(0, 1, read_of("A"));
  std::vector<reply> got;
  way->receive(transport::clock::now() + 1ms, got);
  CHECK(way->abandon(0) == fate::unreached);
}

TEST_CASE("a question whose connection breaks may have been heard") {
  small_server server;
  server.listen();
  const auto base = server.base();
  const auto way = make_http_transport(base, 1);
  way->send(0, 1, read_of("A"));
  auto heard = server.answer("");
  CHECK(next_of(*way).is == fate::unknown);
  CHECK(heard.get().starts_with("GET "));
}

TEST_CASE("nobody waits for a question that was given up") {
  small_server server;
  server.listen();
  const auto base = server.base();
  const auto way = make_http_transport(base, 1);
  way->send(0, 1, read_of("A"));
  std::vector<reply> got;
  way->receive(transport::clock::now() + 10ms, got);
  CHECK(got.empty());
  CHECK(way->abandon(0) == fate::unknown);
  // The next one has a connection of its own.
  way->send(0, 2, read_of("A"));
  server.answer("").get();
  auto heard = server.answer(unknown_sku);
  CHECK(next_of(*way).ticket == 2);
  CHECK(heard.get().starts_with("GET "));
}

TEST_CASE("a page that cannot be had now may be had later") {
  small_server server;
  const auto base = server.base();
  http_connection to{base};
  CHECK_THROWS_AS(to.get("/", 1s), node_away);
  CHECK(to.descriptor() < 0);
  server.listen();
  CHECK_THROWS_AS(to.get("/", 10ms), node_away);
  CHECK(to.descriptor() < 0);
}
