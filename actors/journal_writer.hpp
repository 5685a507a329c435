// Owns the journal: group commit, and every answer that waits for it.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/fatal_throw.hpp"
#include "actors/journal_inbox.hpp"
#include "actors/lease_desk.hpp"
#include "actors/letter_counters.hpp"
#include "actors/operation.hpp"
#include "holdfast/clock.hpp"
#include "holdfast/commit_policy.hpp"
#include "holdfast/histogram.hpp"

namespace holdfast {

/// Counters of the journal writer, read by anyone.
struct journal_counters {
  using time_point = operation::clock::time_point;

  std::atomic<std::uint64_t> batches{0};
  std::atomic<std::uint64_t> events{0};
  /// Operations that wait for a transaction.
  std::atomic<std::uint64_t> queued{0};
  /// Operations of each transaction.
  histogram<batch_bounds> operations;
  /// What each transaction took in microseconds, and what of it was its last
  /// step: out to the disk and synced.
  histogram<commit_bounds> commit_micros;
  histogram<commit_bounds> sync_micros;
  letter_counters letters;
  /// The last transaction failed for lack of space, or the first one would.
  std::atomic<bool> full{false};
  /// The journal failed for good; the process is about to end.
  std::atomic<bool> failed{false};
  /// Since when it is at the disk for one thing; `idle` if it is not.
  static constexpr time_point idle{};
  std::atomic<time_point> at_disk_since{idle};
  static constexpr std::chrono::seconds disk_patience{2};

  /// It has been there for so long that whoever comes now waits in vain.
  bool is_stuck(time_point now) const {
    const auto since = at_disk_since.load(std::memory_order_relaxed);
    return since != idle && now - since > disk_patience;
  }
};

struct journal_writer_config {
  std::shared_ptr<const time_source> time;
  /// That of every SKU of the journal.
  std::shared_ptr<journal_inbox> inbox;
  std::int64_t key_ttl_ms = 300'000;
  std::shared_ptr<journal_counters> counters =
      std::make_shared<journal_counters>();
  /// Called once when the journal failed for good: from then on every write is
  /// refused.
  fatal_handler on_fatal;
  /// What its own work took is measured by this clock.
  operation::now_function now = operation::clock::now;
  /// Of a journal that several processes write.
  std::shared_ptr<lease_counters> leases;
  /// What it keeps for SKU actors there.
  std::shared_ptr<lease_watch> watch;
};

struct journal_writer_state {
  static inline constexpr const char* name = "journal-writer";

  struct pending_load {
    load_request what;
    sku_actor who;
    /// It sees the first so many operations.
    std::uint64_t after = 0;
    /// Once it was its turn: the lease it is under, and how far it is.
    std::shared_ptr<sku_life> life;
    bool is_begun = false;
    std::int64_t kept_ms = 0;
    std::int64_t keys_since_ms = 0;
    key_walk keys;
  };

  journal_writer_config config;
  journal_ptr journal;
  /// Null where nobody shares the journal.
  std::unique_ptr<lease_desk> desk;
  /// Not written yet, oldest first.
  std::deque<operation_ptr> queue;
  /// Oldest first.
  std::deque<pending_load> loads;
  /// Those that take more than one step, the next one first.
  std::deque<pending_load> long_loads;
  /// Operations that came in, and that were given to a transaction.
  std::uint64_t received = 0;
  std::uint64_t taken = 0;
  commit_policy pace;
  bool is_scheduled = false;
  /// The end of a pause is under way.
  bool is_pausing = false;
  /// A look for room on a full disk is under way.
  bool is_looking = false;
  /// Committed something since the last seal, or that left something under way.
  bool is_unsealed = false;
  /// A seal is under way.
  bool is_sealing = false;
  /// What the last sync of a transaction took, and what the last care for the
  /// tables, which callers wait for; and when that ended.
  operation::clock::duration last_sync{};
  operation::clock::duration last_care{};
  operation::clock::time_point care_ended;
  std::size_t batches_since_checkpoint = 0;
  std::size_t operations_since_checkpoint = 0;
};

using writer_pointer = journal_actor::stateful_pointer<journal_writer_state>;

/// Collects operations until the `write_atom` it sent itself comes round: of
/// what was in inbox and mailbox by then `commit_policy` makes one transaction,
/// now or after a pause.
/// Answers leave after commit.
/// Blocks in fsync, so spawn it detached.
journal_actor::behavior_type
journal_writer(journal_actor::stateful_pointer<journal_writer_state> self,
               journal_ptr journal, journal_writer_config config);

} // namespace holdfast
