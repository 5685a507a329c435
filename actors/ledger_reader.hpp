// Reads a ledger for whoever collects.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/fatal_throw.hpp"
#include "actors/interfaces.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

struct journal_counters;

/// Rows of one page for another node. Operations between nodes take the same
/// way and wait meanwhile: a fraction of the time that a sync takes.
inline constexpr std::size_t away_page_max = 512;
static_assert(away_page_max <= limits::collect_max);

/// Of the journal that a ledger reads.
struct ledger_owner {
  std::shared_ptr<journal_counters> journal;
  /// Called on the reader's thread.
  fatal_handler on_fatal;
};

struct ledger_reader_state {
  static inline constexpr const char* name = "ledger-reader";

  struct question {
    collect ask;
    collector_actor collector;
  };

  std::unique_ptr<ledger> from;
  ledger_owner of;
  /// Whoever asked while it rests, each collector once.
  std::deque<question> waiting;
  bool rests = false;
};

/// Answers each question with one page, or with why there is none. Once the
/// `journal` has failed there is none: what a failed sync leaves to be read
/// may be older than what was acknowledged before. Damage that it meets is the
/// end of that journal, as if the journal writer had met it. Blocks while it
/// reads, so spawn it detached. Then it stands behind all other threads, and
/// with records, of which there may be many millions, it is busy for a third of
/// the time at most, whoever asks: so it does not fill a processor that those
/// with a caller need, nor gives anybody enough to do so. Changes are read as
/// fast as it goes, or a node that writes enough of them would never be caught
/// up with.
ledger_actor::behavior_type
ledger_reader(ledger_actor::stateful_pointer<ledger_reader_state> self,
              std::unique_ptr<ledger> from, ledger_owner of);

} // namespace holdfast
