// One thread of the server, whatever its connections are.
#pragma once

#include <cstdint>
#include <memory>

#include "http/server.hpp"

namespace holdfast::http {

class answer_memory;

/// Accepts, reads and answers until it is destroyed. For one owner thread.
class io_thread {
public:
  virtual ~io_thread() = default;

  /// The port that is bound.
  virtual std::uint16_t port() const noexcept = 0;
  /// From now on these count. Returns once no request is judged by others.
  virtual void use(const credentials& fresh) = 0;
  /// True if the thread has come round since the call before.
  virtual bool beat() = 0;
  /// Requests from now on get `shutting_down`, those of newcomers too.
  virtual void drain() = 0;
};

/// What a thread is made from; `with` and `counters` must outlive it.
struct thread_parts {
  caf::actor_system& system;
  chain_actor entry;
  const server_config& with;
  io_counters& counters;
  std::shared_ptr<answer_memory> memory;
  /// 0 lets the kernel choose.
  std::uint16_t port;
};

/// Both are listening when they return, and throw if they cannot.
std::unique_ptr<io_thread> make_plain_thread(thread_parts parts);
/// Over TLS; `credentials::tls` must be there.
std::unique_ptr<io_thread> make_tls_thread(thread_parts parts);

} // namespace holdfast::http
