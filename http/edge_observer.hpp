// Tells what the edge refused, out of RESTinio's sight.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include <restinio/asio_include.hpp>

#include "holdfast/error_code.hpp"

namespace holdfast::http {

/// A request that was answered before any route saw it.
struct edge_refusal {
  error_code code = error_code::none;
  /// The id its answer carries.
  std::string_view id;
  /// Trace of a valid `traceparent`.
  std::string_view trace;
  /// Address and port, empty if the peer has gone.
  std::string_view peer;
};

/// Belongs to an io_context: sockets are made by RESTinio, which hands nothing
/// of ours to them, but each knows the context it lives on.
class edge_observer final : public asio::execution_context::service {
public:
  using function = std::function<void(const edge_refusal&)>;

  static inline asio::execution_context::id id;

  explicit edge_observer(asio::execution_context& owner) : service(owner) {
    // nop
  }

  /// What is called for every refusal on `context`, on its thread.
  static void set(asio::execution_context& context, function tell) {
    asio::use_service<edge_observer>(context).tell_ = std::move(tell);
  }

  void shutdown() override {
    tell_ = nullptr;
  }

  /// Tells the observer of the context that `socket` lives on.
  template <class Socket>
  static void note(Socket& socket, error_code code, std::string_view id,
                   std::string_view trace) {
    auto& context =
        asio::query(socket.get_executor(), asio::execution::context);
    const auto& observer = asio::use_service<edge_observer>(context);
    if (!observer.tell_)
      return;
    asio::error_code gone;
    const auto peer = socket.lowest_layer().remote_endpoint(gone);
    observer.tell_({code, id, trace, gone ? std::string{} : peer_text(peer)});
  }

  /// `127.0.0.1:4242`, or `[::1]:4242`.
  template <class Endpoint>
  static std::string peer_text(const Endpoint& peer) {
    const auto address = peer.address().to_string();
    const auto port = ":" + std::to_string(peer.port());
    return peer.address().is_v6() ? "[" + address + "]" + port : address + port;
  }

private:
  function tell_;
};

} // namespace holdfast::http
