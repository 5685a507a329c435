// Every actor interface of the system; each signature says why it is there.
// Messages flow one way: a request goes down in a batch, its answer goes back
// in another, to the `reply_to` of the operation. Nobody waits for a reply.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include "actors/messages.hpp"

namespace holdfast {

/// Receives finished operations: a bridge, a test, a load driver.
using answer_actor = caf::typed_actor<
    // Operations that were answered, in any order.
    caf::reacts_to<batch>>;

/// Where the operations of a store go; nobody for one that cannot be reached.
struct routing {
  std::unordered_map<std::string, answer_actor> stores;
};

/// A hop between bridge and store: bulkhead, breaker, directory. They share
/// one interface, so they stack.
using chain_actor = caf::typed_actor<
    // Operations on their way to a SKU.
    caf::reacts_to<batch>,
    // What became of operations that passed here.
    caf::reacts_to<report>>;

/// Knows who owns which store, and is told when that changes.
using directory_actor = chain_actor::extend<
    // From now on stores are there.
    caf::reacts_to<routing>>;

/// Supervises the SKU actors of one store.
using store_actor = caf::typed_actor<
    // Operations for SKUs of this store.
    caf::reacts_to<batch>,
    // A SKU actor that was asked to retire declines.
    caf::reacts_to<stay>,
    // A SKU actor may be asked to retire before it has been idle for long.
    caf::reacts_to<vacant>,
    // INTERNAL: look for idle SKU actors.
    caf::reacts_to<sweep_atom>>;

/// Serializes all changes of one SKU.
using sku_actor = caf::typed_actor<
    // Operations for this SKU, in the order they are decided.
    caf::reacts_to<batch>,
    // The state it asked for.
    caf::reacts_to<load_reply>,
    // INTERNAL: the earliest hold may have expired.
    caf::reacts_to<expire_atom>,
    // The store wants its place back: quit, or answer `stay`.
    caf::reacts_to<retire_atom>>;

/// Owns the journal. The only actor that writes, syncs and reads it.
using journal_actor = caf::typed_actor<
    // Decided operations; answered once what they saw is durable.
    caf::reacts_to<batch>,
    // A SKU actor wants its state, after everything it sent before.
    caf::reacts_to<load_request, sku_actor>,
    // Last message: takes the snapshots that shorten the next start, and quits.
    caf::reacts_to<finish_atom>,
    // INTERNAL: what is queued now is one transaction.
    caf::reacts_to<write_atom>,
    // INTERNAL: how far it went is to be sealed.
    caf::reacts_to<seal_atom>,
    // INTERNAL: the disk was full; there may be room again.
    caf::reacts_to<sweep_atom>>;

/// Receives pages of ledgers.
using collector_actor = caf::typed_actor<
    // What was asked for, or why it could not be had.
    caf::reacts_to<collected>>;

/// Reads one ledger, of this node or of another.
using ledger_actor = caf::typed_actor<
    // A page is wanted by the collector.
    caf::reacts_to<collect, collector_actor>>;

/// A ledger that rounds are to read.
struct ledger_news {
  std::string node;
  std::vector<std::string> stores;
  /// Null while it cannot be reached: its rounds fail at once.
  ledger_actor reader;
};

/// Keeps the central view of all stores.
using sync_actor = caf::typed_actor<
    // A round is wanted.
    caf::reacts_to<round_request>,
    // The time between rounds is set.
    caf::reacts_to<pace_request>,
    // A page of a ledger.
    caf::reacts_to<collected>,
    // Owners say what they know of SKUs that changed.
    caf::reacts_to<batch>,
    // The ledger of a node is there, or is not, or has other stores.
    caf::reacts_to<ledger_news>,
    // INTERNAL: something is due.
    caf::reacts_to<sweep_atom>>;

/// Takes the outcomes of what was sent to another node.
using outcome_sink = caf::typed_actor<
    // Many at once, in any order.
    caf::reacts_to<wire_outcomes>,
    // A page of that node's feed.
    caf::reacts_to<wire_page>>;

/// Where other nodes send operations for the stores of this one.
using gateway_actor = caf::typed_actor<
    // Commands, and who gets their outcomes.
    caf::reacts_to<wire_commands, outcome_sink>,
    // A page of this node's feed is wanted.
    caf::reacts_to<wire_page_request, outcome_sink>,
    // INTERNAL: the stores of this node answered.
    caf::reacts_to<batch>,
    // INTERNAL: these are the stores of this node.
    caf::reacts_to<routing>,
    // INTERNAL: newcomers are refused from now on.
    caf::reacts_to<finish_atom>,
    // INTERNAL: forget what nobody waits for any more.
    caf::reacts_to<sweep_atom>>;

/// Stands for another node: takes operations for its stores.
using remote_node_actor = caf::typed_actor<
    // Operations for stores of that node, or questions for its feed.
    caf::reacts_to<batch>, caf::reacts_to<wire_outcomes>,
    caf::reacts_to<wire_page>,
    // The node is there, and this is its gateway.
    caf::reacts_to<gateway_actor>,
    // The node is not there.
    caf::reacts_to<finish_atom>,
    // INTERNAL: look for what is past its deadline.
    caf::reacts_to<sweep_atom>>;

/// What a node hands out with its greeting.
struct node_doors {
  gateway_actor gateway;
  ledger_actor ledger;
};

template <class Inspector>
auto inspect(Inspector& f, node_doors& x) {
  return f(x.gateway, x.ledger);
}

/// Agrees with its likes on other nodes about who is there and owns what.
using member_actor = caf::typed_actor<
    // A node introduces itself.
    caf::reacts_to<greeting, node_doors>,
    // It accepted this one, or did not.
    caf::reacts_to<wire_welcome>, caf::reacts_to<wire_refusal>,
    // All that it knows of others.
    caf::reacts_to<wire_news>,
    // It is there.
    caf::reacts_to<wire_ping>, caf::reacts_to<wire_pong>,
    // INTERNAL: a call was answered, or failed.
    caf::reacts_to<dialled>,
    // INTERNAL: an operator wants something.
    caf::reacts_to<member_wish>,
    // INTERNAL: something is due.
    caf::reacts_to<sweep_atom>>;

/// Calls other nodes.
using dialler_actor = caf::typed_actor<
    // Always answered, with a member or a failure.
    caf::reacts_to<dial_order, member_actor>>;

} // namespace holdfast

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::routing)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::ledger_news)

// Handles travel, too, so they are announced like values.
CAF_BEGIN_TYPE_ID_BLOCK(holdfast_doors, caf::id_block::holdfast::end)

CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::routing))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::ledger_news))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::sku_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::collector_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::outcome_sink))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::gateway_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::member_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::node_doors))

CAF_END_TYPE_ID_BLOCK(holdfast_doors)
