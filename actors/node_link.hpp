// Connections between nodes that cost a bounded amount of memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

#include <sys/socket.h>

#include <caf/io/network/default_multiplexer.hpp>
#include <caf/io/scribe.hpp>

#include "actors/basp_state.hpp"
#include "actors/node_door.hpp"
#include "actors/node_filter.hpp"
#include "actors/node_stream.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// A connection below the protocol of CAF, which takes any length that a peer
/// names as the size of its buffer (BASP header, `payload_len`). Here a length
/// beyond `limits::node_message_bytes_max`, before it is introduced beyond
/// `limits::node_stranger_bytes_max`, and before it says who it is beyond
/// `limits::node_handshake_bytes_max`, is not waited for: what comes next is
/// handed up in the place of the message, whose size it is not, so the
/// connection is closed as malformed. One that came in is closed, too, if it
/// says more than `limits::node_stranger_reads_max` before it is introduced,
/// and what no node says is not handed up at all, see `node_filter`. `Policy`
/// reads and writes the socket.
template <class Policy>
class node_link final : public caf::io::scribe, public guest {
public:
  using multiplexer = caf::io::network::default_multiplexer;
  using native_socket = caf::io::network::native_socket;

  /// In `guests` until its end, from `come_in` or its launch on.
  template <class... Ts>
  node_link(multiplexer& backend, native_socket socket, guest_list_ptr guests,
            Ts&&... policy)
      : scribe(caf::io::network::conn_hdl_from_socket(socket)),
        guests_(std::move(guests)),
        stream_(backend, socket, this, std::forward<Ts>(policy)...) {
    // nop
  }
  ~node_link() override {
    // One that nobody launched may end on another thread.
    if (is_listed_)
      guests_->erase(this);
  }

  /// Another process has called. Thread of the multiplexer.
  void come_in() {
    came_in_ = true;
    filter_ = node_filter{true};
    enlist();
  }

  void dismiss() override {
    guests_->erase(this);
    is_listed_ = false;
    // Before the descriptor is free for another one, whose messages would be
    // taken for those of this node.
    if (auto* by = broker())
      by->connection_cleanup(hdl(), caf::sec::none);
    detach(&stream_.backend(), false);
    stream_.passivate();
    ::shutdown(stream_.fd(), SHUT_RDWR);
  }

  bool is_introduced() override {
    return came_in_ ? is_introduced_ : peer() != caf::none;
  }
  void introduce(const caf::node_id& who) override {
    is_introduced_ = is_introduced_ || (who != caf::none && peer() == who);
  }

  bool consume(caf::execution_unit* by, const void* bytes,
               std::size_t size) override {
    const auto is = judge({static_cast<const char*>(bytes), size});
    if (is == node_filter::verdict::take)
      return scribe::consume(by, bytes, size);
    if (is == node_filter::verdict::close)
      leave();
    return is == node_filter::verdict::skip && skip();
  }
  void configure_read(caf::io::receive_policy::config how) override {
    end_helpers(*broker());
    if (says_too_much())
      return;
    if (may_say(how.second))
      stream_.configure_read(how);
    if (std::exchange(is_launched_, true))
      return;
    enlist();
    // CAF takes who was called for silent since ever until it says something,
    // and would close at the next heartbeat what takes longer to begin.
    note_heard();
    stream_.start(this);
    // A handshake may have something to say before anybody writes.
    if (Policy::has_handshake)
      stream_.force_empty_write(this);
  }
  void ack_writes(bool enable) override {
    stream_.ack_writes(enable);
  }
  std::vector<char>& wr_buf() override {
    return stream_.wr_buf();
  }
  std::vector<char>& rd_buf() override {
    return stream_.rd_buf();
  }
  void graceful_shutdown() override {
    stream_.graceful_shutdown();
    detach(&stream_.backend(), false);
  }
  void flush() override {
    stream_.send();
  }
  std::string addr() const override {
    const auto found = caf::io::network::remote_addr_of_fd(stream_.fd());
    return found ? *found : std::string{};
  }
  std::uint16_t port() const override {
    const auto found = caf::io::network::remote_port_of_fd(stream_.fd());
    return found ? *found : std::uint16_t{0};
  }
  void add_to_loop() override {
    stream_.activate(this);
  }
  void remove_from_loop() override {
    stream_.passivate();
  }

private:
  void enlist() {
    guests_->insert(this);
    is_listed_ = true;
  }
  caf::io::basp_broker* broker() {
    return static_cast<caf::io::basp_broker*>(parent());
  }
  caf::node_id peer() {
    return peer_of(broker(), hdl());
  }
  bool may_say(std::size_t bytes) {
    const auto most = came_in_ && !is_introduced_
                          ? limits::node_stranger_bytes_max
                          : limits::node_message_bytes_max;
    return bytes <= limits::node_handshake_bytes_max
           || (bytes <= most && peer() != caf::none);
  }
  /// It leaves once the broker, which is about to read, is done.
  bool says_too_much() {
    if (!came_in_ || is_introduced_
        || ++reads_ <= limits::node_stranger_reads_max)
      return false;
    leave();
    return true;
  }
  void leave() {
    if (!std::exchange(is_leaving_, true))
      stream_.backend().post(
          [self = caf::intrusive_ptr<node_link>{this}] { self->dismiss(); });
  }
  caf::io::basp::endpoint_context* context() {
    return context_of(broker(), hdl());
  }
  node_filter::verdict judge(std::string_view bytes) {
    const auto* of = context();
    return of && of->cstate == caf::io::basp::await_payload
               ? filter_.judge(of->hdr, bytes, is_introduced())
               : node_filter::judge(bytes);
  }
  /// The next message is waited for.
  bool skip() {
    note_heard();
    context()->cstate = caf::io::basp::await_header;
    configure_read(
        caf::io::receive_policy::exactly(caf::io::basp::header_size));
    return true;
  }
  void note_heard() {
    if (auto* of = context())
      of->last_seen = broker()->clock().now();
  }

  bool came_in_ = false;
  bool is_introduced_ = false;
  bool is_leaving_ = false;
  std::size_t reads_ = 0;
  node_filter filter_{false};
  bool is_launched_ = false;
  bool is_listed_ = false;
  guest_list_ptr guests_;
  node_stream<Policy> stream_;
};

} // namespace holdfast
