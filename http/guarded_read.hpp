// One read of a guarded socket, from the call to its completion.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include <restinio/asio_include.hpp>

#include "http/edge_answer.hpp"
#include "http/edge_counters.hpp"
#include "http/edge_farewell.hpp"
#include "http/edge_inbox.hpp"
#include "http/edge_observer.hpp"
#include "http/head_field.hpp"
#include "http/request_id.hpp"
#include "http/trace_parent.hpp"

namespace holdfast::http {

/// A composed operation that asks the inbox what to do until there are bytes
/// to hand on. Moves from one inner operation to the next; `Handler` keeps
/// the socket and the buffer alive, as it does for any read.
template <class Socket, class Handler>
class guarded_read {
public:
  using executor_type =
      asio::associated_executor_t<Handler, typename Socket::executor_type>;
  using allocator_type = asio::associated_allocator_t<Handler>;

  guarded_read(Socket& socket, asio::mutable_buffer buffer, Handler handler)
      : socket_(&socket), buffer_(buffer), handler_(std::move(handler)) {
    // nop
  }

  executor_type get_executor() const noexcept {
    return asio::get_associated_executor(handler_, socket_->get_executor());
  }

  allocator_type get_allocator() const noexcept {
    return asio::get_associated_allocator(handler_);
  }

  void start() {
    if (!socket_->inbox().has_bytes())
      return read();
    // An initiating function must not call its handler.
    stage_ = stage::resume;
    const auto executor = get_executor();
    asio::post(asio::bind_executor(
        executor, [self = std::move(*this)]() mutable { self({}, 0); }));
  }

  /// Completion of the inner operation that `stage_` names.
  void operator()(asio::error_code error, std::size_t count) {
    if (socket_->is_writing())
      return wait_for_write(error, count);
    if (!error && !socket_->is_open())
      error = asio::error::operation_aborted;
    if (error)
      return fail(error);
    switch (stage_) {
    case stage::resume:
      return follow(socket_->inbox().next(data(), buffer_.size()));
    case stage::read:
      return follow(socket_->inbox().take(data(), buffer_.size(), count));
    case stage::interim:
      return handler_(error, socket_->inbox().ready());
    }
  }

private:
  enum class stage : std::uint8_t { resume, read, interim };

  char* data() const noexcept {
    return static_cast<char*>(buffer_.data());
  }

  void follow(edge_inbox::step step) {
    switch (step) {
    case edge_inbox::step::deliver:
      return handler_(asio::error_code{}, socket_->inbox().ready());
    case edge_inbox::step::deliver_after_continue:
      return send_interim();
    case edge_inbox::step::read:
      return read();
    case edge_inbox::step::refuse:
      return refuse();
    }
  }

  void read() {
    stage_ = stage::read;
    auto& inner = socket_->inner();
    auto buffer = buffer_;
    inner.async_read_some(buffer, std::move(*this));
  }

  void send_interim() {
    static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    stage_ = stage::interim;
    auto& inner = socket_->inner();
    asio::async_write(inner, asio::buffer(text.data(), text.size()),
                      std::move(*this));
  }

  // RESTinio may still be writing the answer before: nothing of the next
  // request may be handed on, and nothing be written, until that is over.
  void wait_for_write(asio::error_code error, std::size_t count) {
    auto& signal = socket_->write_signal();
    const auto executor = get_executor();
    signal.async_wait(asio::bind_executor(
        executor, [self = std::move(*this), error,
                   count](asio::error_code) mutable { self(error, count); }));
  }

  void fail(asio::error_code error) {
    if (error == asio::error::eof && socket_->inbox().finish())
      return refuse();
    handler_(error, std::size_t{0});
  }

  void refuse() {
    const auto& inbox = socket_->inbox();
    const auto& why = inbox.refusal();
    const auto id = request_id_in(inbox.refused());
    auto& inner = socket_->inner();
    on_edge_refusal(why.code);
    edge_observer::note(
        inner, why.code, id,
        trace_id_of(sole_field_in(inbox.refused(), "traceparent")));
    auto text =
        render_refusal(why.code, why.message, id, inbox.is_head_request());
    using farewell = edge_farewell<typename Socket::inner_type, Handler>;
    std::make_shared<farewell>(inner, buffer_, std::move(text),
                               std::move(handler_))
        ->start();
  }

  Socket* socket_;
  asio::mutable_buffer buffer_;
  Handler handler_;
  stage stage_ = stage::read;
};

} // namespace holdfast::http
