// What kind of world a seed makes.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/dice.hpp"
#include "holdfast/node_limits.hpp"
#include "holdfast/settings.hpp"

namespace holdfast::simulation {

/// Asked for, and never delivered to any store.
inline constexpr auto unknown_sku = "SKU-0";

/// Stores that no node has to begin with, and any may come to have.
inline constexpr const char* rare_stores[] = {"store-8", "store-7"};

/// What a step of a story does before actors get to run.
enum class deed : std::uint8_t {
  /// A client asks for something.
  ask,
  /// Time passes.
  wait,
  /// A lot of it.
  long_wait,
  /// An actor gets no thread for a while.
  stall,
  /// A SKU actor dies.
  kill,
  /// One begins to throw.
  flaw,
  /// Somebody wants a dead letter tried again, or deletes it.
  retry_letter,
  delete_letter,
  /// Somebody asks for a round of the central view.
  round,
  /// Pages of the ledger cannot be read.
  blind_reads,
  // From here on, the disk: at some operation soon, or at once.
  full_disk,
  slow_sync,
  sync_error,
  write_error,
  read_error,
  power_cut_soon,
  crash_soon,
  power_cut,
  /// A node stops, in order or not, and starts again.
  restart,
  // Only where there are several nodes: two of them, or one and all others,
  // hear nothing of each other, or one side does not.
  cut,
  half_cut,
  /// What they say takes its time.
  slow_link,
  /// Their connection breaks.
  break_link,
  /// All of that ends.
  heal_links,
  /// A process stands still, and goes on later.
  freeze,
  /// An operator wants a node to have a store of `rare_stores`.
  wish,
  /// A node is lost for good, an operator says so, or wants a store of it made
  /// elsewhere.
  retire,
};
inline constexpr std::size_t deeds = 27;

std::string to_string(deed what);

/// Sizes, limits and dangers of one simulation.
struct plan {
  /// Of all nodes, with the stores of all.
  settings with;
  /// The stores of each node. Several nodes are a cluster: the first founded
  /// it, the others join it.
  std::vector<std::vector<std::string>> nodes;
  std::vector<std::string> skus;
  /// Idle time after which a SKU costs no actor.
  std::chrono::milliseconds idle_after{60'000};
  std::size_t clients = 3;
  /// Requests that clients make, where nobody says how many.
  std::size_t ops = 100;
  /// Percent of the requests that carry a key.
  std::uint64_t keyed = 70;
  /// How often each deed comes, by its number, as parts of their sum.
  std::uint64_t weight[deeds] = {};
  /// Actors that run after a deed, at most.
  std::uint64_t runs_max = 10;
  /// What may wait for a permit of a bulkhead.
  std::size_t queue_max = limits::bulkhead_queue_max;
  /// Operations under way to one other node, and from all of them to one.
  std::size_t sent_max = limits::remote_pending_max;
  std::size_t taken_max = limits::gateway_pending_max;
  /// See `storage::journal_options`.
  std::uint64_t tail_rows_min = 500'000;
  std::uint64_t wal_pages_max = 1'000;
};

plan plan_of(dice& chance);

/// Makes a cluster of it.
void spread(dice& chance, plan& over);

/// Leaves few permits and short queues, and lets little be under way between
/// nodes: whatever is too much is refused.
void narrow(dice& chance, plan& over);

/// Lets nodes of a cluster be lost for good.
void mourn(dice& chance, plan& over);

/// What the node on that machine is started with.
settings settings_of(const plan& world, std::size_t machine);

} // namespace holdfast::simulation
