// Where the nodes of a simulation live, one after another.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "actors/operation.hpp"
#include "src/cli/simulation/stage.hpp"
#include "src/storage/simulated/simulated_disk.hpp"

namespace holdfast::simulation {

/// The actor of a SKU throws, so often yet.
struct defect {
  std::string store;
  std::string sku;
  std::int64_t left = 0;
};

/// Dead letters, as far as anybody was told of them; by their ids, and as the
/// commands that are tried again.
struct known_letters {
  using commands = std::map<std::uint64_t, command>;

  /// Those whose callers were told that they failed.
  commands buried;
  /// Those that a list showed.
  commands listed;
  std::vector<dead_letter> last_list;
  /// At rest, before they were settled, and after that.
  std::vector<dead_letter> left;
  std::vector<dead_letter> rest;
  /// Somebody wanted to delete them.
  std::set<std::uint64_t> doubtful;
  /// Somebody was told that they are deleted; the same, or carried out.
  std::set<std::uint64_t> deleted;
  std::set<std::uint64_t> gone;
};

/// A disk with its process, and what befalls both. Its number is its place
/// among all machines.
struct machine {
  std::size_t number = 0;
  settings with;
  std::shared_ptr<storage::simulated_disk> disk =
      std::make_shared<storage::simulated_disk>();
  /// Of this life; none once the journal cannot be opened any more.
  std::unique_ptr<stage> node;
  /// What clients asked it for, and was not sent yet.
  operations outbox;
  /// What is on its disk about the cluster.
  roster remembers;
  /// Nodes that ended here.
  std::uint64_t lives = 0;
  /// Pages of the ledger that cannot be read yet.
  std::shared_ptr<std::uint64_t> blind_reads =
      std::make_shared<std::uint64_t>(0);
  /// Stores and SKUs whose actors were killed and may not have been missed.
  std::set<std::pair<std::string, std::string>> killed;
  defect flaw;
  known_letters letters;
  /// An actor that is not run, by its id, and for how many turns yet.
  caf::actor_id stalled = 0;
  std::int64_t stalled_for = 0;
  /// A sync took its time: what fell due is to be noticed.
  bool is_late = false;
  std::int64_t wall_ms = manual_time{}.ms;
  /// Losses of power so far.
  std::uint64_t power_cuts = 0;
  /// The process stands still so long yet, and has missed so much by now.
  std::int64_t frozen_ms = 0;
  std::int64_t missed_ms = 0;

  /// When its process ended for good, as times of calls are; none if it will be
  /// there.
  std::optional<std::int64_t> lost_ns;

  bool is_expected() const noexcept {
    return !lost_ns;
  }
  /// It is configured with `store`, or was granted it.
  bool has(const std::string& store) const;
  bool is_frozen() const noexcept {
    return frozen_ms > 0;
  }
};

/// The number of an actor that waits for a turn.
inline caf::actor_id id_of(caf::resumable* job) {
  const auto* actor = dynamic_cast<caf::abstract_actor*>(job);
  return actor != nullptr ? actor->id() : 0;
}

} // namespace holdfast::simulation
