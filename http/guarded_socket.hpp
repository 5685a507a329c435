// The socket RESTinio works on. Whatever must not reach RESTinio is answered
// here, because RESTinio itself closes without a word.
#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include <restinio/asio_include.hpp>

#include "http/connection_places.hpp"
#include "http/edge_inbox.hpp"
#include "http/guarded_read.hpp"

namespace holdfast::http {

/// Takes the place of `Inner` as `stream_socket_t` of the traits. Reads give
/// the bytes of one checked request at a time (RFC 9112); a request that is
/// refused is answered and the read ends with `eof`. Everything else passes
/// through. Needs a server with one pipelined request and one thread per
/// io_context.
///
/// Movable until its first operation, as RESTinio does it. Completion handlers
/// must keep the socket alive, which RESTinio's do.
template <class Inner>
class guarded_socket {
public:
  using inner_type = Inner;
  using executor_type = typename Inner::executor_type;
  using self_type = guarded_socket<Inner>;

  template <class First, class... Rest>
  requires(
      !std::same_as<std::remove_cvref_t<First>,
                    guarded_socket>) explicit guarded_socket(First&& first,
                                                             Rest&&... rest)
      : inner_(std::forward<First>(first), std::forward<Rest>(rest)...) {
    // nop
  }

  // -- reading and writing ----------------------------------------------------

  template <class Handler>
  void async_read_some(asio::mutable_buffer buffer, Handler&& handler) {
    using read = guarded_read<self_type, std::decay_t<Handler>>;
    read{*this, buffer, std::forward<Handler>(handler)}.start();
  }

  /// Writes some of the first buffer, as an answer has no other: room for the
  /// 64 that RESTinio allows for would be copied with the operation.
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    is_writing_ = true;
    const asio::const_buffer first = *asio::buffer_sequence_begin(buffers);
    inner_.async_write_some(first, guarded_write<std::decay_t<Handler>>{
                                       this, std::forward<Handler>(handler)});
  }

  // -- the rest of a stream socket --------------------------------------------

  executor_type get_executor() {
    return inner_.get_executor();
  }

  auto& lowest_layer() {
    return inner_.lowest_layer();
  }

  const auto& lowest_layer() const {
    return inner_.lowest_layer();
  }

  auto remote_endpoint() const {
    return lowest_layer().remote_endpoint();
  }

  bool is_open() const {
    return lowest_layer().is_open();
  }

  void cancel(asio::error_code& error) {
    lowest_layer().cancel(error);
  }

  void shutdown(asio::socket_base::shutdown_type what,
                asio::error_code& error) {
    inner_.shutdown(what, error);
  }

  void close() {
    lowest_layer().close();
  }

  /// Gives `place` back when the connection is gone.
  void holds(connection_places::lease place) noexcept {
    place_ = std::move(place);
  }

  // -- for the read in progress -----------------------------------------------

  Inner& inner() noexcept {
    return inner_;
  }

  edge_inbox& inbox() noexcept {
    return inbox_;
  }

  /// The server is in the middle of an answer.
  bool is_writing() const noexcept {
    return is_writing_;
  }

  /// Wakes who waits on it whenever a piece of an answer was written.
  asio::steady_timer& write_signal() {
    if (!write_signal_)
      write_signal_ = std::make_unique<asio::steady_timer>(
          inner_.get_executor(), asio::steady_timer::time_point::max());
    return *write_signal_;
  }

private:
  /// Completion of a write. A longer answer goes on with its next piece inside
  /// the call of `handler`, before anyone who was woken looks.
  template <class Handler>
  struct guarded_write {
    using executor_type =
        asio::associated_executor_t<Handler,
                                    typename guarded_socket::executor_type>;
    using allocator_type = asio::associated_allocator_t<Handler>;

    executor_type get_executor() const noexcept {
      return asio::get_associated_executor(handler, socket->get_executor());
    }

    allocator_type get_allocator() const noexcept {
      return asio::get_associated_allocator(handler);
    }

    void operator()(asio::error_code error, std::size_t count) {
      socket->is_writing_ = false;
      if (socket->write_signal_)
        socket->write_signal_->cancel();
      handler(error, count);
    }

    guarded_socket* socket;
    Handler handler;
  };

  connection_places::lease place_;
  Inner inner_;
  edge_inbox inbox_;
  bool is_writing_ = false;
  std::unique_ptr<asio::steady_timer> write_signal_;
};

// RESTinio finds these two by the type of the socket.

template <class Inner, class Connection, class Start, class Failed>
void prepare_connection_and_start_read(guarded_socket<Inner>& socket,
                                       Connection& connection, Start start,
                                       Failed failed) {
  prepare_connection_and_start_read(socket.inner(), connection,
                                    std::move(start), std::move(failed));
}

template <class Inner>
std::nullptr_t
make_tls_socket_pointer_for_state_listener(guarded_socket<Inner>&) noexcept {
  return nullptr;
}

} // namespace holdfast::http
