// The port to what is durable, for those who add it up: records as snapshots
// have them, then every change since, one bounded page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/stock.hpp"

namespace holdfast {

/// An event, and what tells it from any other that might stand at its place.
struct ledger_mark {
  /// 0: there was no event.
  std::uint64_t seq = 0;
  /// See `mark_of`.
  std::uint64_t hash = 0;

  bool operator==(const ledger_mark&) const = default;
};

/// How far a ledger was read. A value that may travel and be kept: the ledger
/// itself remembers no reader.
struct ledger_position {
  enum class phase : std::uint8_t {
    /// Nothing was read.
    fresh = 1,
    /// Records up to that of `store` and `sku`; `seq` is where events begin.
    records,
    /// All records, and all events up to `seq`.
    events,
  };
  phase is = phase::fresh;
  std::string store;
  std::string sku;
  std::uint64_t seq = 0;
  /// Nothing that was read is newer. A log without that event is another one:
  /// the directory of its node was replaced by an older copy.
  ledger_mark seen{};

  bool operator==(const ledger_position&) const = default;
};

/// A record that a snapshot has.
struct ledger_record {
  std::string store;
  std::string sku;
  balances is;
};

/// An event, as far as balances are concerned.
struct ledger_change {
  std::uint64_t seq = 0;
  std::string store;
  std::string sku;
  std::int64_t delta = 0;
  std::int64_t reserved_delta = 0;
  balances after;
};

/// Of the event `change`, by what it did and when: an older copy of a journal
/// that goes on writes others. Not chained, so that it costs one row to find.
ledger_mark mark_of(const ledger_change& change);

/// What follows a position.
struct ledger_page {
  std::vector<ledger_record> records;
  std::vector<ledger_change> changes;
  ledger_position next;
  /// The highest `seq` by then. Records of this page are not newer.
  std::uint64_t last_seq = 0;
  /// This is not the ledger of which that position is: begin anew. Nothing else
  /// is told.
  bool is_other = false;
};

/// Reads what is durable beside those who write it. Every SKU is known by its
/// record or by its changes from version 1 on; a change that its record has
/// already may be read again. One thread uses an object at a time.
class ledger {
public:
  virtual ~ledger() = default;

  /// At most `limit` rows after `from`, in order. Reads nothing that could
  /// still be undone. Throws `journal_error`.
  virtual ledger_page read(const ledger_position& from, std::size_t limit) = 0;
};

} // namespace holdfast
