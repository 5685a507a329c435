// What the protocol of CAF between nodes (BASP) keeps of its connections. Its
// broker lets everybody look at that. Thread of the multiplexer.
#pragma once

#include <caf/io/basp_broker.hpp>
#include <caf/send.hpp>

namespace holdfast {

/// Null if `by` is, before anything was said over `on`, and once that is over.
inline caf::io::basp::endpoint_context*
context_of(caf::io::basp_broker* by, caf::io::connection_handle on) {
  if (!by)
    return nullptr;
  const auto found = by->ctx.find(on);
  return found == by->ctx.end() ? nullptr : &found->second;
}

/// The node that `on` is from, as the protocol has it.
inline caf::node_id peer_of(caf::io::basp_broker* by,
                            caf::io::connection_handle on) {
  return by ? by->instance.tbl().lookup_direct(on) : caf::node_id{};
}

/// It makes an actor for each node that it hears of, keeps it for good, and
/// lets it ask there for a way to have actors made from afar.
inline void end_helpers(caf::io::basp_broker& by) {
  for (const auto& [node, helper] : by.spawn_servers)
    caf::anon_send_exit(helper, caf::exit_reason::kill);
  by.spawn_servers.clear();
}

} // namespace holdfast
