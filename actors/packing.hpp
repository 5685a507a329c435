// How much goes into one message to another node.
#pragma once

#include <cstddef>

#include "actors/wire.hpp"
#include "holdfast/journal.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

/// Bytes that a value takes on its way, generously.
inline std::size_t bytes_of(const origin& from) noexcept {
  return 128 + from.store.size() + from.sku.size() + from.reason.size()
         + from.reference.size() + from.key.size() + from.actor.size();
}

inline std::size_t bytes_of(const command& ask) noexcept {
  return 128 + bytes_of(ask.from) + ask.owner.size()
         + 8
               * (ask.if_match.versions.size()
                  + ask.if_none_match.versions.size());
}

inline std::size_t bytes_of(const reservation& hold) noexcept {
  return 80 + hold.owner.size() + hold.reference.size();
}

inline std::size_t bytes_of(const outcome& answer) noexcept {
  return 128 + bytes_of(answer.hold);
}

inline std::size_t bytes_of(const event& change) noexcept {
  return 128 + bytes_of(change.hold) + bytes_of(change.from);
}

/// Leaves as many events as fit into one message; who reads on goes on after
/// the last of them.
inline void cut_to_message(event_page& page) {
  std::size_t bytes = 0;
  for (auto at = page.events.begin(); at != page.events.end(); ++at) {
    bytes += bytes_of(*at);
    if (bytes <= limits::node_payload_bytes_max || at == page.events.begin())
      continue;
    page.events.erase(at, page.events.end());
    page.last_seq = page.events.back().seq;
    page.last_ms = page.events.back().after.updated_at_ms;
    page.is_last = false;
    return;
  }
}

} // namespace holdfast
