// The interfaces by which actors know each other; a signature says why it is
// there. Requests go down in batches, from SKUs by an inbox, and answers come
// back in batches, to their `reply_to`. Only CAF's middleman gets a `request`.
#pragma once

#include <map>
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
  /// Any other store is none; else it may be one that was not heard of yet.
  bool is_whole = true;
  /// Where the feed is read; nobody: it is that of the journal.
  answer_actor feed;
};

/// Where the feeds of other nodes are read, by name.
struct feed_news {
  std::map<std::string, answer_actor> feeds;
};

/// Reads the feed.
using feed_actor = caf::typed_actor<
    // Questions, and the answers of nodes to its own.
    caf::reacts_to<batch>,
    // These are all nodes but this one.
    caf::reacts_to<feed_news>>;

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
    // A SKU actor lost its memory, and goes on with a fresh one.
    caf::reacts_to<faltered>,
    // INTERNAL: look for idle SKU actors.
    caf::reacts_to<sweep_atom>>;

/// Tries dead letters again.
using desk_actor = caf::typed_actor<
    // Operations that mean a letter, and letters that were looked up.
    caf::reacts_to<batch>>;

/// Serializes all changes of one SKU.
using sku_actor = caf::typed_actor<
    // Operations for this SKU, in the order they are decided.
    caf::reacts_to<batch>,
    // The state it asked for.
    caf::reacts_to<load_reply>,
    // INTERNAL: the earliest hold may have expired.
    caf::reacts_to<expire_atom, std::int64_t>,
    // The store wants its place back: quit, or answer `stay`.
    caf::reacts_to<retire_atom>>;

/// Owns the journal: no other actor writes or syncs it, ledgers only read it.
using journal_actor = caf::typed_actor<
    // SKU actors put decided operations into the inbox; they are answered once
    // what they saw is durable.
    caf::reacts_to<arrival_atom>,
    // Operations of others that mean the journal.
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
    caf::reacts_to<sweep_atom>,
    // INTERNAL: others may want leases of this process.
    caf::reacts_to<lease_atom>>;

/// Receives pages of ledgers.
using collector_actor = caf::typed_actor<
    // What was asked for, or why it could not be had.
    caf::reacts_to<collected>>;

/// Reads one ledger, of this node or of another.
using ledger_actor = caf::typed_actor<
    // A page is wanted by the collector.
    caf::reacts_to<collect, collector_actor>,
    // INTERNAL: it has rested.
    caf::reacts_to<sweep_atom>>;

/// A ledger that rounds are to read.
struct ledger_news {
  std::string node;
  std::vector<std::string> stores;
  /// Null while it cannot be reached: its rounds fail at once.
  ledger_actor reader;
  /// There is no other that was not named yet.
  bool is_whole = true;
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

} // namespace holdfast

// The rest of them, and the handles that travel, announced like values: who
// knows one of them has to know them all.
#include "actors/node_interfaces.hpp"
