// A TLS connection that the guarded socket can stand in front of.
#pragma once

#include <memory>
#include <utility>

#include <restinio/asio_include.hpp>

#include <asio/ssl.hpp>

#include "holdfast/limits.hpp"

namespace holdfast::http {

/// The certificate that an io_context shows to its next callers. One thread.
class tls_identity final : public asio::io_context::service {
public:
  static inline asio::io_context::id id;

  explicit tls_identity(asio::io_context& io) : asio::io_context::service(io) {
    // nop
  }

  void use(std::shared_ptr<asio::ssl::context> fresh) {
    context_ = std::move(fresh);
  }

  asio::ssl::context& context() const noexcept {
    return *context_;
  }

private:
  void shutdown() noexcept override {
    context_.reset();
  }

  std::shared_ptr<asio::ssl::context> context_;
};

/// In the place of a TCP socket. RESTinio has such a stream too, but bound to
/// one certificate for ever and with a handshake that may take for ever, and
/// it closes without the closure alert.
///
/// A plain socket until the handshake; reads and writes may come after it.
class tls_stream {
public:
  using executor_type = asio::ip::tcp::socket::executor_type;
  using lowest_layer_type = asio::ip::tcp::socket::lowest_layer_type;

  explicit tls_stream(asio::io_context& io)
      : identity_(&asio::use_service<tls_identity>(io)), plain_(io) {
    // nop
  }

  /// Calls `handler` with the outcome, in `limits::handshake_time`.
  template <class Handler>
  void async_handshake(Handler handler) {
    made_ = std::make_shared<secured>(std::move(plain_), identity_->context());
    made_->deadline.expires_after(limits::handshake_time);
    made_->deadline.async_wait([at = made_](asio::error_code error) {
      if (!error && !at->is_ready)
        at->close();
    });
    made_->stream.async_handshake(asio::ssl::stream_base::server,
                                  [at = made_, handler = std::move(handler)](
                                      asio::error_code error) mutable {
                                    at->is_ready = !error;
                                    at->deadline.cancel();
                                    handler(error);
                                  });
  }

  template <class Buffers, class Handler>
  auto async_read_some(const Buffers& buffers, Handler&& handler) {
    return made_->stream.async_read_some(buffers,
                                         std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& buffers, Handler&& handler) {
    return made_->stream.async_write_some(buffers,
                                          std::forward<Handler>(handler));
  }

  /// Tells the peer that this was all (RFC 8446, section 6.1), as far as that
  /// needs no waiting, and shuts the socket down. Aborts what is under way.
  void shutdown(asio::socket_base::shutdown_type what,
                asio::error_code& error) {
    if (made_ && made_->is_ready && what != asio::socket_base::shutdown_receive)
      send_closure_alert();
    lowest_layer().shutdown(what, error);
  }

  executor_type get_executor() {
    return lowest_layer().get_executor();
  }

  lowest_layer_type& lowest_layer() {
    return made_ ? made_->stream.lowest_layer() : plain_.lowest_layer();
  }

  const lowest_layer_type& lowest_layer() const {
    return made_ ? made_->stream.lowest_layer() : plain_.lowest_layer();
  }

private:
  /// Kept by every operation that may end after the stream does.
  struct secured {
    secured(asio::ip::tcp::socket socket, asio::ssl::context& context)
        : stream(std::move(socket), context), deadline(stream.get_executor()) {
      // nop
    }

    void close() {
      asio::error_code ignored;
      stream.lowest_layer().close(ignored);
    }

    asio::ssl::stream<asio::ip::tcp::socket> stream;
    asio::steady_timer deadline;
    bool is_ready = false;
  };

  // The alert leaves inside of the call unless the peer takes nothing any
  // more; waiting for its answer is what is cancelled.
  void send_closure_alert() {
    made_->is_ready = false;
    made_->stream.async_shutdown([at = made_](asio::error_code) {});
    asio::error_code ignored;
    made_->stream.lowest_layer().cancel(ignored);
  }

  tls_identity* identity_;
  asio::ip::tcp::socket plain_;
  std::shared_ptr<secured> made_;
};

/// RESTinio asks for this by the type of the socket, before the first read.
template <class Connection, class Start, class Failed>
void prepare_connection_and_start_read(tls_stream& socket,
                                       Connection& connection, Start start,
                                       Failed failed) {
  socket.async_handshake([keep = connection.shared_from_this(),
                          start = std::move(start),
                          failed = std::move(failed)](asio::error_code error) {
    if (error)
      failed(error);
    else
      start();
  });
}

} // namespace holdfast::http
