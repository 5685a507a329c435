// How values of the domain are taken apart when they travel between nodes.
#pragma once

#include "holdfast/journal.hpp"
#include "holdfast/ledger.hpp"
#include "holdfast/member_order.hpp"

namespace holdfast {

template <class Inspector>
auto inspect(Inspector& f, origin& x) {
  return f(x.what, x.by_reservation, x.store, x.sku, x.reason, x.reference,
           x.key, x.actor, x.fingerprint);
}

template <class Inspector>
auto inspect(Inspector& f, reservation_ref& x) {
  return f(x.grant_version, x.grant_seq);
}

template <class Inspector>
auto inspect(Inspector& f, etag_condition& x) {
  return f(x.is, x.versions);
}

template <class Inspector>
auto inspect(Inspector& f, command& x) {
  return f(x.from, x.amount, x.on_hand, x.safety_stock, x.backorder_limit,
           x.ttl_s, x.expected_version, x.if_match, x.if_none_match,
           x.reservation, x.owner);
}

template <class Inspector>
auto inspect(Inspector& f, balances& x) {
  return f(x.on_hand, x.reserved, x.safety_stock, x.backorder_limit, x.version,
           x.updated_at_ms);
}

template <class Inspector>
auto inspect(Inspector& f, reservation& x) {
  return f(x.ref, x.state, x.quantity, x.committed, x.released, x.created_at_ms,
           x.expires_at_ms, x.owner, x.reference);
}

template <class Inspector>
auto inspect(Inspector& f, outcome& x) {
  return f(x.code, x.created, x.replayed, x.has_record, x.has_hold, x.record,
           x.hold, x.expected_version, x.current_version, x.requested,
           x.available, x.held, x.limit, x.state);
}

template <class Inspector>
auto inspect(Inspector& f, event& x) {
  return f(x.seq, x.prev_seq, x.type, x.delta, x.reserved_delta, x.after,
           x.hold, x.from);
}

template <class Inspector>
auto inspect(Inspector& f, node_address& x) {
  return f(x.host, x.port);
}

template <class Inspector>
auto inspect(Inspector& f, roster_entry& x) {
  return f(x.name, x.journal, x.epoch, x.revision, x.at, x.stores, x.retired,
           x.run, x.wanted, x.past);
}

template <class Inspector>
auto inspect(Inspector& f, greeting_refusal& x) {
  return f(x.why, x.is, x.revision, x.by, x.rival);
}

template <class Inspector>
auto inspect(Inspector& f, greeting& x) {
  return f(x.protocol, x.cluster, x.run, x.who);
}

template <class Inspector>
auto inspect(Inspector& f, ledger_position& x) {
  return f(x.is, x.store, x.sku, x.seq, x.seen.seq, x.seen.hash);
}

} // namespace holdfast
