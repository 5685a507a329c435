#include "actors/node_door.hpp"

#include <utility>

#include <unistd.h>

#include <caf/io/broker.hpp>
#include <caf/io/network/doorman_impl.hpp>

#include "actors/node_link.hpp"
#include "actors/node_socket.hpp"

namespace holdfast {

namespace {

using multiplexer = caf::io::network::default_multiplexer;
using caf::io::network::native_socket;

/// Closes the socket if there is no link.
caf::io::scribe_ptr make_link(multiplexer& backend, native_socket socket,
                              std::shared_ptr<guest_list> guests,
                              bool is_guarded, bool was_called) {
  caf::io::network::nonblocking(socket, true);
  caf::io::network::tcp_nodelay(socket, true);
  caf::io::network::child_process_inherit(socket, false);
  if (!is_guarded)
    return caf::make_counted<node_link<plain_socket>>(backend, socket,
                                                      std::move(guests));
  ERR_clear_error();
  auto session =
      caf::openssl::make_session(backend.system(), socket, was_called);
  if (!session) {
    close(socket);
    return nullptr;
  }
  return caf::make_counted<node_link<tls_socket>>(
      backend, socket, std::move(guests), std::move(session));
}

class node_door final : public caf::io::network::doorman_impl {
public:
  node_door(multiplexer& backend, native_socket listening, bool is_guarded)
      : doorman_impl(backend, listening), is_guarded_(is_guarded) {
    // nop
  }

  bool new_connection() override {
    const auto socket = acceptor_.accepted_socket();
    if (detached() || !make_room()) {
      close(socket);
      return false;
    }
    auto& backend = acceptor_.backend();
    auto link = make_link(backend, socket, guests_, is_guarded_, true);
    if (!link)
      return false;
    const auto handle = link->hdl();
    parent()->add_scribe(std::move(link));
    return doorman::new_connection(&backend, handle);
  }

private:
  /// If there is no other room, the longest of those leaves who have not
  /// introduced themselves.
  bool make_room() {
    if (guests_->size() < limits::node_connections_max)
      return true;
    guest* longest = nullptr;
    for (auto* each : *guests_)
      if ((!longest || each->since < longest->since) && !each->is_introduced())
        longest = each;
    if (!longest)
      return false;
    longest->dismiss();
    return true;
  }

  const bool is_guarded_;
  std::shared_ptr<guest_list> guests_ = std::make_shared<guest_list>();
};

} // namespace

caf::io::doorman_ptr make_node_door(multiplexer& backend,
                                    native_socket listening, bool is_guarded) {
  return caf::make_counted<node_door>(backend, listening, is_guarded);
}

caf::io::scribe_ptr make_node_link(multiplexer& backend,
                                   native_socket connected, bool is_guarded) {
  return make_link(backend, connected, nullptr, is_guarded, false);
}

} // namespace holdfast
