// Everything that crosses a mailbox, announced once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <caf/actor.hpp>
#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/type_id.hpp>
#include <caf/typed_actor.hpp>

#include "holdfast/journal.hpp"
#include "holdfast/ledger.hpp"

namespace holdfast {

struct operation;
struct sku_life;
struct round_answer;
struct sync_status;

/// Operations that travel together: one message a hop, however many requests.
/// Never leaves the process; between nodes commands travel as values.
struct batch {
  std::vector<std::shared_ptr<operation>> items;
};

/// What became of operations, for the mediators they passed.
struct report {
  /// Permits of the bulkhead to give back.
  std::uint32_t permits = 0;
  /// Calls that passed the breaker and were answered, refusals included.
  std::uint32_t successes = 0;
  /// Calls that passed the breaker and met a fault or no answer in time.
  std::uint32_t faults = 0;
};

/// A fresh SKU actor asks for its state.
struct load_request {
  std::string store;
  std::string sku;
  /// Repeated in the reply: a reply to an older request is ignored.
  std::uint64_t round = 0;
  /// The lease of the SKU is to be taken first.
  bool takes_lease = false;
};

/// The state, or nothing when the journal could not be read or the lease not
/// be had.
struct load_reply {
  std::uint64_t round = 0;
  std::shared_ptr<loaded_sku> sku;
  /// Begins with this state.
  std::shared_ptr<sku_life> life;
  /// Why there is no state.
  error_code why = error_code::read_only;
};

/// Asks for a page of a ledger. Travels between nodes.
struct collect {
  /// Which ledger the collector means, and which question this is: both are
  /// repeated in the answer.
  std::uint64_t source = 0;
  std::uint64_t number = 0;
  ledger_position from;
};

/// At most `limits::collect_max` rows of a ledger. Travels between nodes.
struct collected {
  std::uint64_t source = 0;
  std::uint64_t number = 0;
  ledger_page page;
  /// Why there is no page; empty if there is one.
  std::string failure;
};

/// Somebody wants to know what a round comes to that begins from now on.
struct round_request {
  std::chrono::steady_clock::time_point deadline;
  /// Called once, on any thread.
  std::function<void(const round_answer&)> done;
};

/// Somebody sets the time between rounds; 0 leaves them to those who ask.
struct pace_request {
  std::chrono::milliseconds interval{0};
  /// Called once, on any thread.
  std::function<void(const sync_status&)> done;
};

/// A SKU actor keeps its place: it has live keys, holds or open answers.
struct stay {
  std::string sku;
};

/// A SKU actor offers its place: it knows nothing and owes nothing.
struct vacant {
  std::string sku;
};

// -- how what travels between nodes is taken apart ---------------------------

template <class Inspector>
auto inspect(Inspector& f, balances& x) {
  return f(x.on_hand, x.reserved, x.safety_stock, x.backorder_limit, x.version,
           x.updated_at_ms);
}

template <class Inspector>
auto inspect(Inspector& f, ledger_position& x) {
  return f(x.is, x.store, x.sku, x.seq);
}

template <class Inspector>
auto inspect(Inspector& f, ledger_record& x) {
  return f(x.store, x.sku, x.is);
}

template <class Inspector>
auto inspect(Inspector& f, ledger_change& x) {
  return f(x.seq, x.store, x.sku, x.delta, x.reserved_delta, x.after);
}

template <class Inspector>
auto inspect(Inspector& f, ledger_page& x) {
  return f(x.records, x.changes, x.next, x.last_seq);
}

template <class Inspector>
auto inspect(Inspector& f, collect& x) {
  return f(x.source, x.number, x.from);
}

template <class Inspector>
auto inspect(Inspector& f, collected& x) {
  return f(x.source, x.number, x.page, x.failure);
}

} // namespace holdfast

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_reply)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::round_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::pace_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::stay)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::vacant)

CAF_BEGIN_TYPE_ID_BLOCK(holdfast, caf::first_custom_type_id)

CAF_ADD_TYPE_ID(holdfast, (holdfast::batch))
CAF_ADD_TYPE_ID(holdfast, (holdfast::report))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_reply))
CAF_ADD_TYPE_ID(holdfast, (holdfast::stay))
CAF_ADD_TYPE_ID(holdfast, (holdfast::vacant))
CAF_ADD_TYPE_ID(holdfast, (holdfast::collect))
CAF_ADD_TYPE_ID(holdfast, (holdfast::collected))
CAF_ADD_TYPE_ID(holdfast, (holdfast::round_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::pace_request))

CAF_ADD_ATOM(holdfast, holdfast, write_atom, "write")
CAF_ADD_ATOM(holdfast, holdfast, seal_atom, "seal")
CAF_ADD_ATOM(holdfast, holdfast, finish_atom, "finish")
CAF_ADD_ATOM(holdfast, holdfast, sweep_atom, "sweep")
CAF_ADD_ATOM(holdfast, holdfast, expire_atom, "expire")
CAF_ADD_ATOM(holdfast, holdfast, retire_atom, "retire")
CAF_ADD_ATOM(holdfast, holdfast, lease_atom, "lease")

CAF_END_TYPE_ID_BLOCK(holdfast)
