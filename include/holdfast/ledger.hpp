// The port to what is durable, for those who add it up: records as snapshots
// have them, then every change since, one bounded page at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/stock.hpp"

namespace holdfast {

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

/// What follows a position.
struct ledger_page {
  std::vector<ledger_record> records;
  std::vector<ledger_change> changes;
  ledger_position next;
  /// The highest `seq` by then. Records of this page are not newer.
  std::uint64_t last_seq = 0;
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
