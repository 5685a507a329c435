// What moves bytes between a socket and the protocol of CAF.
#pragma once

#include <utility>

#include <caf/io/network/default_multiplexer.hpp>
#include <caf/io/network/stream.hpp>
#include <caf/io/network/stream_manager.hpp>

namespace holdfast {

/// A stream that asks to write only while that leads somewhere. CAF's asks as
/// long as anything waits to be written, and takes a handshake that waits for
/// the other side for a write that may be tried again at once: who connects and
/// says nothing would keep a thread busy. Here what waits is tried again when
/// the other side has said something. Thread of the multiplexer.
template <class Policy>
class node_stream final : public caf::io::network::stream {
public:
  using multiplexer = caf::io::network::default_multiplexer;
  using manager = caf::io::network::stream_manager;
  using operation = caf::io::network::operation;

  /// `owner` is whom the stream belongs to. `Policy` reads and writes.
  template <class... Ts>
  node_stream(multiplexer& backend, caf::io::network::native_socket socket,
              manager* owner, Ts&&... policy)
      : stream(backend, socket), owner_(owner),
        policy_(std::forward<Ts>(policy)...) {
    // nop
  }

  void handle_event(operation op) override {
    handle_event_impl(op, policy_);
    if (policy_.waits_for_peer() == is_paused_)
      return;
    if (is_paused_)
      resume();
    else
      pause();
  }

  /// What is to be written is kept until the handshake goes on.
  void send() {
    if (!is_paused_)
      flush(owner_);
  }

private:
  void pause() {
    is_paused_ = true;
    backend().del(operation::write, fd(), this);
    state_.writing = false;
  }
  /// Goes on with the buffer of the write that was put off.
  void resume() {
    is_paused_ = false;
    force_empty_write(owner_);
  }

  manager* const owner_;
  Policy policy_;
  bool is_paused_ = false;
};

} // namespace holdfast
