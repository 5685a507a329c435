// The last words to a peer whose request was refused at the edge.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include <restinio/asio_include.hpp>

#include "holdfast/limits.hpp"

namespace holdfast::http {

/// Writes an answer, closes the sending side, and reads on until the peer
/// closes too: a socket closed with unread bytes is reset, and a reset may
/// overtake the answer (RFC 9112, section 9.6). Bounded in bytes and time.
/// Then calls `handler` with the end of the stream, or with the error.
///
/// The handler keeps `socket` and `scratch` alive; neither is touched after
/// the call. Runs on the handler's executor, which must be serial.
template <class Socket, class Handler>
class edge_farewell
    : public std::enable_shared_from_this<edge_farewell<Socket, Handler>> {
public:
  edge_farewell(Socket& socket, asio::mutable_buffer scratch, std::string text,
                Handler handler)
      : socket_(socket), scratch_(scratch), text_(std::move(text)),
        timer_(socket.get_executor()), handler_(std::move(handler)) {
    // nop
  }

  void start() {
    timer_.expires_after(limits::refusal_drain_time);
    timer_.async_wait(bind([self = this->shared_from_this()](auto error) {
      if (!error)
        self->expire();
    }));
    asio::async_write(socket_, asio::buffer(text_),
                      bind([self = this->shared_from_this()](auto error, auto) {
                        self->after_write(error);
                      }));
  }

private:
  template <class Continuation>
  auto bind(Continuation what) {
    auto executor =
        asio::get_associated_executor(handler_, socket_.get_executor());
    return asio::bind_executor(std::move(executor), std::move(what));
  }

  void after_write(asio::error_code error) {
    if (error || is_expired_)
      return finish(error);
    socket_.shutdown(asio::socket_base::shutdown_send, error);
    drain();
  }

  void drain() {
    socket_.async_read_some(
        scratch_,
        bind([self = this->shared_from_this()](auto error, auto count) {
          self->drain_left_ -= std::min(self->drain_left_, std::size_t{count});
          if (error || self->is_expired_ || self->drain_left_ == 0)
            self->finish(error);
          else
            self->drain();
        }));
  }

  void expire() {
    if (is_done_)
      return;
    is_expired_ = true;
    asio::error_code ignored;
    socket_.lowest_layer().cancel(ignored);
  }

  // An operation that our own timer aborted ended in order. One that was
  // aborted by a close of the socket did not.
  void finish(asio::error_code error) {
    is_done_ = true;
    timer_.cancel();
    if (!error || is_expired_)
      error = asio::error::eof;
    auto handler = std::move(handler_);
    handler(error, std::size_t{0});
  }

  Socket& socket_;
  asio::mutable_buffer scratch_;
  std::string text_;
  asio::steady_timer timer_;
  Handler handler_;
  std::size_t drain_left_ = limits::refusal_drain_bytes_max;
  bool is_expired_ = false;
  bool is_done_ = false;
};

} // namespace holdfast::http
