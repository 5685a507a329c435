// Where bugs can be planted in a simulation.
#pragma once

#include <functional>
#include <memory>

#include "actors/member.hpp"
#include "holdfast/ledger.hpp"
#include "src/storage/simulated/simulated_disk.hpp"

namespace holdfast::simulation {

/// Bugs to be found, around the actors.
struct tampering {
  /// Stands between the actors and the journal.
  std::function<journal_ptr(journal_ptr)> journal;
  std::function<std::unique_ptr<ledger>(std::unique_ptr<ledger>)> own;
  /// Called with each disk before anything lies on it.
  std::function<void(storage::simulated_disk&)> disk;
  /// Has the last word on what a member of a cluster is made from.
  std::function<void(member_config&)> member;
  /// See `network::tamper`.
  std::function<int(caf::message&)> wire;
  /// Sees what the bridge reports of an operation, before anybody is told.
  std::function<void(report&)> bridge;
};

} // namespace holdfast::simulation
