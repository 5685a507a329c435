// Where the connections of other nodes come in.
#pragma once

#include <chrono>
#include <memory>
#include <set>

#include <caf/io/doorman.hpp>
#include <caf/io/network/default_multiplexer.hpp>
#include <caf/node_id.hpp>

#include "actors/node_fault.hpp"

namespace holdfast {

/// A connection to another process.
struct guest {
  using clock = std::chrono::steady_clock;

  /// Closes it at once, and takes it off the list. What waits to be written is
  /// not waited for.
  virtual void dismiss() = 0;
  /// If it came in: a member has accepted who it is from. The protocol of CAF
  /// believes any name. If it was called, that knows which node answered; bytes
  /// alone, or whole messages that need no introduction, make nobody known.
  virtual bool is_introduced() = 0;
  /// A member has accepted node `who`; it may be from another one.
  virtual void introduce(const caf::node_id& who) = 0;

  clock::time_point since = clock::now();

protected:
  ~guest() = default;
};

/// Some of them. Belongs to the thread of the multiplexer.
using guest_list = std::set<guest*>;
using guest_list_ptr = std::shared_ptr<guest_list>;

/// A door over a listening socket, which it takes over. At most
/// `limits::node_connections_max` connections are open through it, listed in
/// `guests`; for one more the one has to leave that has gone without an
/// introduction for the longest time, so that strangers keep no node out. If
/// all are introduced, it is closed at once. With `is_guarded` they speak TLS,
/// and the log says why one is refused, see `refusal_notes`.
caf::io::doorman_ptr
make_node_door(caf::io::network::default_multiplexer& backend,
               caf::io::network::native_socket listening, bool is_guarded,
               guest_list_ptr guests);

/// A connection to another node that was called, in `called` once it is used;
/// null if TLS refuses it. `on_refusal` is told if it does, now or later.
caf::io::scribe_ptr
make_node_link(caf::io::network::default_multiplexer& backend,
               caf::io::network::native_socket connected, bool is_guarded,
               guest_list_ptr called, tls_listener on_refusal);

/// Dismisses those of `guests` that have been there for longer than that
/// without an introduction. Thread of the multiplexer.
void dismiss_strangers(guest_list& guests, std::chrono::milliseconds patience);

} // namespace holdfast
