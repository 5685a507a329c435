#include "actors/node_door.hpp"

#include <exception>
#include <utility>
#include <vector>

#include <unistd.h>

#include <caf/io/broker.hpp>
#include <caf/io/network/doorman_impl.hpp>

#include "actors/node_link.hpp"
#include "actors/node_socket.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using multiplexer = caf::io::network::default_multiplexer;
using caf::io::network::native_socket;

/// Files of the certificate are read for every connection, and may have
/// changed.
caf::openssl::session_ptr make_session(caf::actor_system& system,
                                       native_socket socket, bool was_called,
                                       const tls_listener& on_refusal) {
  ERR_clear_error();
  try {
    auto made = caf::openssl::make_session(system, socket, was_called);
    // The other side was so quick that the handshake is over already.
    if (const auto why = tls_fault(); !made && !why.empty())
      on_refusal(why);
    return made;
  } catch (const std::exception& error) {
    telemetry::log_fault("node_tls_failed", error.what());
    on_refusal(error.what());
    return nullptr;
  }
}

template <class Policy, class... Ts>
caf::io::scribe_ptr make_link_over(bool was_called, Ts&&... parts) {
  auto made = caf::make_counted<node_link<Policy>>(std::forward<Ts>(parts)...);
  // Who comes in counts at once: there is room for so many.
  if (was_called)
    made->come_in();
  return made;
}

/// Closes the socket if there is no link.
caf::io::scribe_ptr make_link(multiplexer& backend, native_socket socket,
                              guest_list_ptr guests, bool is_guarded,
                              bool was_called, tls_listener on_refusal) {
  caf::io::network::nonblocking(socket, true);
  caf::io::network::tcp_nodelay(socket, true);
  caf::io::network::child_process_inherit(socket, false);
  if (!is_guarded)
    return make_link_over<plain_socket>(was_called, backend, socket,
                                        std::move(guests));
  auto session = make_session(backend.system(), socket, was_called, on_refusal);
  if (!session) {
    close(socket);
    return nullptr;
  }
  return make_link_over<tls_socket>(was_called, backend, socket,
                                    std::move(guests), std::move(session),
                                    std::move(on_refusal));
}

class node_door final : public caf::io::network::doorman_impl {
public:
  node_door(multiplexer& backend, native_socket listening, bool is_guarded,
            guest_list_ptr guests)
      : doorman_impl(backend, listening), is_guarded_(is_guarded),
        guests_(std::move(guests)) {
    // nop
  }

  bool new_connection() override {
    const auto socket = acceptor_.accepted_socket();
    if (detached() || !make_room()) {
      close(socket);
      return false;
    }
    auto& backend = acceptor_.backend();
    auto link = make_link(backend, socket, guests_, is_guarded_, true,
                          teller_of(socket));
    if (!link)
      return false;
    const auto handle = link->hdl();
    parent()->add_scribe(std::move(link));
    return doorman::new_connection(&backend, handle);
  }

private:
  /// Says in the log why who calls now is refused.
  tls_listener teller_of(native_socket socket) {
    const auto from = caf::io::network::remote_addr_of_fd(socket);
    return [host = from ? *from : "", told = told_](const std::string& why) {
      if (told->is_news(host, why, refusal_notes::clock::now()))
        telemetry::log_warn("node_tls_refused",
                            {{"peer", host}, {"reason", why}});
    };
  }

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
  const guest_list_ptr guests_;
  const std::shared_ptr<refusal_notes> told_ =
      std::make_shared<refusal_notes>();
};

} // namespace

caf::io::doorman_ptr make_node_door(multiplexer& backend,
                                    native_socket listening, bool is_guarded,
                                    guest_list_ptr guests) {
  return caf::make_counted<node_door>(backend, listening, is_guarded,
                                      std::move(guests));
}

caf::io::scribe_ptr make_node_link(multiplexer& backend,
                                   native_socket connected, bool is_guarded,
                                   guest_list_ptr called,
                                   tls_listener on_refusal) {
  return make_link(backend, connected, std::move(called), is_guarded, false,
                   std::move(on_refusal));
}

void dismiss_strangers(guest_list& guests, std::chrono::milliseconds patience) {
  const auto since = guest::clock::now() - patience;
  const std::vector<guest*> all(guests.begin(), guests.end());
  for (auto* each : all)
    if (each->since < since && !each->is_introduced())
      each->dismiss();
}

} // namespace holdfast
