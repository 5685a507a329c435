// Where the connections of other nodes come in.
#pragma once

#include <memory>

#include <caf/io/doorman.hpp>
#include <caf/io/network/default_multiplexer.hpp>

namespace holdfast {

/// A door over a listening socket, which it takes over. At most
/// `limits::node_connections_max` connections are open through it; for one more
/// the one has to leave that has gone without an introduction for the longest
/// time, so that strangers keep no node out. If all are introduced, it is
/// closed at once. With `is_guarded` they speak TLS.
caf::io::doorman_ptr
make_node_door(caf::io::network::default_multiplexer& backend,
               caf::io::network::native_socket listening, bool is_guarded);

/// A connection to another node that was called; null if TLS refuses it.
caf::io::scribe_ptr
make_node_link(caf::io::network::default_multiplexer& backend,
               caf::io::network::native_socket connected, bool is_guarded);

} // namespace holdfast
