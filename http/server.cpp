#include "http/server.hpp"

#include <algorithm>
#include <stdexcept>

#include <restinio/asio_include.hpp>

#include "http/answer_memory.hpp"
#include "http/io_thread.hpp"

namespace holdfast::http {

namespace {

/// Fails if anybody listens there already: a shared port would let a second
/// node in, and the kernel would deal the callers out to both.
void ensure_free(const server_config& with) {
  asio::io_context io;
  asio::ip::tcp::acceptor probe{io};
  const auto host = with.host == "localhost" ? "127.0.0.1" : with.host;
  const asio::ip::tcp::endpoint at{asio::ip::make_address(host), with.port};
  probe.open(at.protocol());
  probe.set_option(asio::ip::tcp::acceptor::reuse_address{true});
  probe.bind(at);
  probe.listen();
}

} // namespace

server::server(caf::actor_system& system, chain_actor entry,
               server_config config)
    : config_(std::move(config)),
      memory_(std::make_shared<answer_memory>(config_.key_ttl)) {
  auto port = config_.port;
  try {
    if (config_.threads > 1 && config_.port != 0)
      ensure_free(config_);
    for (std::uint32_t i = 0; i < std::max<std::uint32_t>(config_.threads, 1);
         ++i) {
      thread_parts parts{system,  entry, config_, config_.counters->of(i),
                         memory_, port};
      threads_.push_back(config_.credentials.tls
                             ? make_tls_thread(std::move(parts))
                             : make_plain_thread(std::move(parts)));
      port = threads_.front()->port();
    }
  } catch (const std::exception& e) {
    throw std::runtime_error{"cannot listen on " + config_.host + ":"
                             + std::to_string(port) + ": " + e.what()};
  }
}

server::~server() = default;

std::uint16_t server::port() const noexcept {
  return threads_.front()->port();
}

void server::drain() {
  for (const auto& each : threads_)
    each->drain();
}

void server::use(const credentials& fresh) {
  for (const auto& each : threads_)
    each->use(fresh);
}

bool server::beat() {
  bool all = true;
  for (const auto& each : threads_)
    all = each->beat() && all;
  return all;
}

void server::stop() {
  threads_.clear();
}

} // namespace holdfast::http
