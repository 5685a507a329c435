// Values that cross mailboxes; those with handles are in node_interfaces.hpp.
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

#include "actors/wire.hpp"

namespace holdfast {

struct operation;
struct sku_life;
struct round_answer;
struct sync_status;

/// Operations that travel together, one message a hop, within a process.
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
  /// Calls that passed the breaker and never met what it guards.
  std::uint32_t untried = 0;
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
  /// The page on its way between nodes, see `pack`.
  std::string packed;
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

/// Another node is to be called.
struct dial_order {
  /// Repeated in the answer.
  std::uint64_t number = 0;
  node_address to;
};

/// The member that answers there, or why there is none.
struct dialled {
  std::uint64_t number = 0;
  caf::strong_actor_ptr who;
  std::string failure;
};

/// An operator wants a node to have a store, or to be forgotten.
struct member_wish {
  std::string node;
  /// The store it is to have; empty: it is gone for good.
  std::string store;
  std::chrono::steady_clock::time_point deadline;
  /// Called once, on any thread.
  std::function<void(const wish_result&)> done;
};

/// A SKU actor met an exception outside a decision, and forgot what it knew.
struct faltered {
  std::string sku;
  std::string cause;
};

template <class Inspector>
auto inspect(Inspector& f, collect& x) {
  return f(x.source, x.number, x.from);
}

template <class Inspector>
auto inspect(Inspector& f, collected& x) {
  return f(x.source, x.number, x.failure, x.packed);
}

} // namespace holdfast

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::report)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::load_reply)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::round_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::pace_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::stay)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::dial_order)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::dialled)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::member_wish)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::vacant)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::faltered)

CAF_BEGIN_TYPE_ID_BLOCK(holdfast, caf::first_custom_type_id)

CAF_ADD_TYPE_ID(holdfast, (holdfast::batch))
CAF_ADD_TYPE_ID(holdfast, (holdfast::report))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::load_reply))
CAF_ADD_TYPE_ID(holdfast, (holdfast::stay))
CAF_ADD_TYPE_ID(holdfast, (holdfast::vacant))
CAF_ADD_TYPE_ID(holdfast, (holdfast::faltered))
CAF_ADD_TYPE_ID(holdfast, (holdfast::collect))
CAF_ADD_TYPE_ID(holdfast, (holdfast::collected))
CAF_ADD_TYPE_ID(holdfast, (holdfast::round_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::pace_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::dial_order))
CAF_ADD_TYPE_ID(holdfast, (holdfast::dialled))
CAF_ADD_TYPE_ID(holdfast, (holdfast::member_wish))
CAF_ADD_TYPE_ID(holdfast, (holdfast::greeting))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_commands))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_outcomes))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_page_request))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_page))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_welcome))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_refusal))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_news))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_ping))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_pong))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_wish))
CAF_ADD_TYPE_ID(holdfast, (holdfast::wire_wish_result))

CAF_ADD_ATOM(holdfast, holdfast, write_atom, "write")
CAF_ADD_ATOM(holdfast, holdfast, arrival_atom, "arrival")
CAF_ADD_ATOM(holdfast, holdfast, seal_atom, "seal")
CAF_ADD_ATOM(holdfast, holdfast, finish_atom, "finish")
CAF_ADD_ATOM(holdfast, holdfast, sweep_atom, "sweep")
CAF_ADD_ATOM(holdfast, holdfast, expire_atom, "expire")
CAF_ADD_ATOM(holdfast, holdfast, retire_atom, "retire")
CAF_ADD_ATOM(holdfast, holdfast, lease_atom, "lease")

CAF_END_TYPE_ID_BLOCK(holdfast)
