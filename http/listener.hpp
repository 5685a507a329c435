// Accepts the connections of one IO thread. Included by stream_thread.hpp
// alone, as it has RESTinio in it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <restinio/all.hpp>

#include "holdfast/admission_counters.hpp"
#include "holdfast/limits.hpp"
#include "http/admission_control.hpp"
#include "http/connection_places.hpp"
#include "http/server.hpp"

namespace holdfast::http {

/// Where to listen, and what to do about it.
struct listener_config {
  std::string host;
  std::uint16_t port = 0;
  /// Several listeners, one per IO thread, have the same port.
  bool shares_port = false;
  std::size_t connections_max = 0;
  admission_counters* counters = nullptr;
  std::shared_ptr<io_counters> thread_counters;
  /// Told each time the system has no room for a connection.
  std::function<void(const std::error_code&)> on_failure;
};

/// The share of one thread in what the server listens with.
inline listener_config listening_on(const server_config& with,
                                    io_counters& thread, std::uint16_t port) {
  const auto share = std::max<std::size_t>(with.threads, 1);
  listener_config made;
  made.host = with.host;
  made.port = port;
  made.shares_port = with.threads > 1;
  made.connections_max = std::max<std::size_t>(with.connections_max / share, 1);
  made.counters = with.control->counters.get();
  made.thread_counters = {with.counters, &thread};
  made.on_failure = with.on_accept_failure;
  return made;
}

/// In place of RESTinio's own acceptor, which stops for good, and in silence,
/// at the first accept that fails for lack of files or memory, and which never
/// gives back the place of a peer that was gone before it was looked at.
///
/// This one takes a pause and goes on. At its limit of connections it leaves
/// the next ones to the queue of the system until a place is free. Lives on the
/// thread of its io_context, which outlives it; nothing of it runs once that
/// context has ended.
template <class Traits>
class listener {
public:
  using settings = restinio::server_settings_t<Traits>;
  using tcp = asio::ip::tcp;

  /// Binds and listens. Throws `asio::system_error`.
  listener(asio::io_context& io, settings with, listener_config config)
      : io_(io), config_(std::move(config)), acceptor_(io), pause_(io),
        timers_(with.timer_factory()->create(io)),
        connections_(make_connection_settings(std::move(with), timers_),
                     with.socket_options_setter()),
        places_(std::make_shared<connection_places>(config_.connections_max,
                                                    config_.thread_counters)) {
    open();
    timers_->start();
    accept();
  }

  ~listener() {
    close();
  }

  std::uint16_t port() const noexcept {
    return port_;
  }

  /// Accepts who waits in the queue of the system, beyond the limit too, and
  /// nobody after them. What is in that queue when it closes is reset, though
  /// it may have sent its request.
  void finish() {
    asio::error_code error;
    acceptor_.non_blocking(true, error);
    for (int left = queue_max; left > 0 && !error; --left) {
      socket next{io_};
      acceptor_.accept(next.lowest_layer(), error);
      if (!error)
        start(std::move(next));
    }
    close();
  }

  /// Accepts nobody any more; open connections stay.
  void close() {
    if (!acceptor_.is_open())
      return;
    timers_->stop();
    places_->forget();
    pause_.cancel();
    acceptor_.close();
  }

private:
  /// Connections that the system accepts ahead of the listener.
  static constexpr int queue_max = asio::socket_base::max_listen_connections;

  using socket = typename Traits::stream_socket_t;
  using connection_settings = restinio::impl::connection_settings_t<Traits>;
  using connection_factory = restinio::impl::connection_factory_t<Traits>;
  using timer_manager = std::shared_ptr<typename Traits::timer_manager_t>;

  static std::shared_ptr<connection_settings>
  make_connection_settings(settings&& with, const timer_manager& timers) {
    return std::make_shared<connection_settings>(
        std::move(with),
        restinio::impl::create_parser_settings<
            typename Traits::http_methods_mapper_t>(),
        timers);
  }

  void open() {
    using share_port =
        asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    const auto host = config_.host == "localhost" ? "127.0.0.1" : config_.host;
    const tcp::endpoint at{asio::ip::make_address(host), config_.port};
    acceptor_.open(at.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address{true});
    if (config_.shares_port)
      acceptor_.set_option(share_port{true});
    acceptor_.bind(at);
    acceptor_.listen(queue_max);
    port_ = acceptor_.local_endpoint().port();
  }

  void accept() {
    if (!places_->has_room([this] { accept(); }))
      return;
    accepted_.emplace(io_);
    acceptor_.async_accept(accepted_->lowest_layer(),
                           [this](auto error) { on_accept(error); });
  }

  // One may have been accepted, and wait to be told of, when the listener
  // closes.
  void on_accept(const asio::error_code& error) {
    if (!error)
      start(std::move(*accepted_));
    if (!acceptor_.is_open())
      return;
    if (error)
      return take_pause(error);
    accept();
  }

  // The connection stays in the queue of the system, so a next attempt at
  // once would fail at once.
  void take_pause(const asio::error_code& why) {
    config_.counters->accept_failures.fetch_add(1, std::memory_order_relaxed);
    config_.on_failure(why);
    pause_.expires_after(limits::accept_pause);
    pause_.async_wait([this](const asio::error_code& error) {
      if (!error && acceptor_.is_open())
        accept();
    });
  }

  void start(socket&& taken) {
    asio::error_code gone;
    const auto peer = taken.lowest_layer().remote_endpoint(gone);
    if (gone)
      return;
    taken.holds(places_->take());
    // One that cannot be begun is closed by its own end.
    restinio::utils::suppress_exceptions_quietly([&] {
      connections_.create_new_connection(std::move(taken), peer, {nullptr})
          ->init();
    });
  }

  asio::io_context& io_;
  listener_config config_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  timer_manager timers_;
  connection_factory connections_;
  std::shared_ptr<connection_places> places_;
  std::optional<socket> accepted_;
  std::uint16_t port_ = 0;
};

} // namespace holdfast::http
