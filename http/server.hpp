// The HTTP face of a node.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "actors/fatal_throw.hpp"
#include "actors/interfaces.hpp"
#include "http/answered_request.hpp"
#include "http/credentials.hpp"
#include "http/page.hpp"
#include "http/server_counters.hpp"

namespace caf {
class actor_system;
} // namespace caf

namespace holdfast::http {

class answer_memory;
struct admission_control;
class io_thread;

struct server_config {
  std::string host = "127.0.0.1";
  /// 0 lets the kernel choose.
  std::uint16_t port = 3000;
  /// IO threads, each with an acceptor, connections and a bridge of its own.
  std::uint32_t threads = 1;
  /// Requests run on their IO thread until they reach the journal's mailbox;
  /// otherwise the actor threads take over at once.
  bool runs_chain = true;
  /// Told of an actor of an IO thread that threw.
  fatal_handler on_fatal;
  /// Open at once, over all threads.
  std::size_t connections_max = 10'000;
  /// Outlives the server.
  admission_control* control = nullptr;
  /// Told, on IO threads, why the system had no room for a connection.
  std::function<void(const std::error_code&)> on_accept_failure;
  std::string node;
  page_function page;
  /// How long a key of what is not about stock is remembered.
  std::chrono::milliseconds key_ttl{300'000};
  request_log log;
  /// Of as many threads.
  std::shared_ptr<server_counters> counters;
  http::credentials credentials;
};

/// Accepts connections and answers requests until it is stopped. Threads of
/// its own; the functions are for one owner thread.
class server {
public:
  /// Binds and starts. Throws `std::runtime_error` naming address and reason.
  server(caf::actor_system& system, chain_actor entry, server_config config);
  ~server();

  /// The port that is bound.
  std::uint16_t port() const noexcept;
  /// Requests from now on get `shutting_down`, those of newcomers too.
  void drain();
  /// From now on these count. Returns once no request is judged by others.
  void use(const credentials& fresh);
  /// True if every thread has come round since the call before.
  bool beat();
  /// Closes all connections and ends the threads.
  void stop();

private:
  server_config config_;
  std::shared_ptr<answer_memory> memory_;
  std::vector<std::unique_ptr<io_thread>> threads_;
};

} // namespace holdfast::http
