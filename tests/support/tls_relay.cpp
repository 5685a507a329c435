#include "tests/support/tls_relay.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <atomic>
#include <csignal>
#include <stdexcept>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace holdfast::test {

namespace {

/// For what a client may still send after the server has ended.
constexpr int last_words_ms = 2'000;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  at.sin_port = htons(port);
  return at;
}

bool send_all(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const auto sent = ::send(to, data, size, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

/// One connection.
struct pair {
  int client;
  SSL* server;
  bool client_speaks = true;

  /// False once the server has ended; `truncated` tells how.
  bool carry_down(bool& truncated) {
    std::array<char, 16'384> buffer;
    const auto count = SSL_read(server, buffer.data(), buffer.size());
    if (count > 0)
      return send_all(client, buffer.data(), static_cast<std::size_t>(count));
    const auto error = SSL_get_error(server, count);
    // What came was none of the client's business, a session ticket perhaps.
    if (error == SSL_ERROR_WANT_READ)
      return true;
    truncated = error != SSL_ERROR_ZERO_RETURN;
    return false;
  }

  void carry_up() {
    std::array<char, 16'384> buffer;
    const auto count = ::read(client, buffer.data(), buffer.size());
    if (count > 0
        && SSL_write(server, buffer.data(), static_cast<int>(count)) > 0)
      return;
    client_speaks = false;
    SSL_shutdown(server);
  }

  bool run() {
    bool truncated = false;
    for (;;) {
      pollfd ready[] = {
          {SSL_get_fd(server), POLLIN, 0},
          {client_speaks ? client : -1, POLLIN, 0},
      };
      if (SSL_pending(server) == 0)
        ::poll(ready, 2, -1);
      if ((ready[0].revents != 0 || SSL_pending(server) != 0)
          && !carry_down(truncated))
        break;
      if (ready[1].revents != 0)
        carry_up();
    }
    ::shutdown(client, SHUT_WR);
    pollfd rest{client, POLLIN, 0};
    std::array<char, 16'384> buffer;
    while (::poll(&rest, 1, last_words_ms) > 0
           && ::read(client, buffer.data(), buffer.size()) > 0)
      ;
    return truncated;
  }
};

} // namespace

class relay_socket {
public:
  explicit relay_socket(int fd) : fd_(fd) {
    if (fd < 0)
      throw std::runtime_error{"no socket"};
  }
  relay_socket(const relay_socket&) = delete;
  relay_socket& operator=(const relay_socket&) = delete;
  ~relay_socket() {
    ::close(fd_);
  }
  int get() const noexcept {
    return fd_;
  }

private:
  int fd_;
};

struct tls_relay::impl {
  explicit impl(std::uint16_t to)
      : target(to), listener(::socket(AF_INET, SOCK_STREAM, 0)),
        context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
    std::signal(SIGPIPE, SIG_IGN);
    auto at = loopback(0);
    socklen_t size = sizeof(at);
    auto* address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(listener.get(), address, size) != 0
        || ::listen(listener.get(), 128) != 0
        || ::getsockname(listener.get(), address, &size) != 0)
      throw std::runtime_error{"cannot listen"};
    port = ntohs(at.sin_port);
    SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);
    acceptor = std::thread{[this] {
      accept();
    }};
  }

  ~impl() {
    ::shutdown(listener.get(), SHUT_RDWR);
    acceptor.join();
    for (auto& each : carriers)
      each.join();
  }

  void accept() {
    for (;;) {
      const auto client = ::accept(listener.get(), nullptr, nullptr);
      if (client < 0)
        return;
      carriers.emplace_back([this, client] { serve(client); });
    }
  }

  void serve(int from) {
    const relay_socket client{from};
    const relay_socket socket{::socket(AF_INET, SOCK_STREAM, 0)};
    auto at = loopback(target);
    const std::unique_ptr<SSL, decltype(&SSL_free)> server{
        SSL_new(context.get()), SSL_free};
    SSL_set_fd(server.get(), socket.get());
    if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&at), sizeof(at))
            != 0
        || SSL_connect(server.get()) != 1)
      return;
    if (pair{client.get(), server.get()}.run())
      ++truncated;
  }

  std::uint16_t target;
  std::uint16_t port = 0;
  relay_socket listener;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context;
  std::atomic<std::uint64_t> truncated{0};
  std::thread acceptor;
  /// The acceptor's until it has ended.
  std::vector<std::thread> carriers;
};

tls_relay::tls_relay(std::uint16_t target)
    : impl_(std::make_unique<impl>(target)) {
  // nop
}

tls_relay::~tls_relay() = default;

std::uint16_t tls_relay::port() const noexcept {
  return impl_->port;
}

std::uint64_t tls_relay::truncated() const noexcept {
  return impl_->truncated;
}

} // namespace holdfast::test
