// The actors between nodes. Included with `interfaces.hpp`.
#pragma once

#include "actors/interfaces.hpp"

namespace holdfast {

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
    // An operator of that node wants something of this one, or the answer.
    caf::reacts_to<wire_wish>, caf::reacts_to<wire_wish_result>,
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
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(holdfast::feed_news)

// Handles travel, too, so they are announced like values.
CAF_BEGIN_TYPE_ID_BLOCK(holdfast_doors, caf::id_block::holdfast::end)

CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::routing))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::ledger_news))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::feed_news))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::sku_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::collector_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::outcome_sink))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::gateway_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::member_actor))
CAF_ADD_TYPE_ID(holdfast_doors, (holdfast::node_doors))

CAF_END_TYPE_ID_BLOCK(holdfast_doors)
