// Holds that nobody ends where several processes write one journal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/lease.hpp"

namespace holdfast {

/// A hold ends by the actor of its SKU, which needs the lease: if the process
/// that had it is gone, no actor looks at the time. So a journal that is
/// shared tells which SKUs that is true of, and whoever asks steps in for
/// them. One thread uses an object at a time, that of its journal. Functions
/// may throw `journal_error`.
class overdue_holds {
public:
  /// Who has the lease, or had it last, is given so long to record the end.
  static constexpr std::int64_t grace_ms = 300;

  virtual ~overdue_holds() = default;

  /// SKUs, not many at a time, with a hold that ended and nobody who would
  /// record it: no process has the lease, or it expired. Each is told again a
  /// while later if that is still so. Looks a few times a second, and says
  /// nothing in between. Outside a transaction.
  virtual std::vector<leased_name> overdue(std::int64_t now_ms) = 0;

  /// Events of the SKU in the rest of the transaction are written under a new
  /// token, whose lease is given up with the commit: what its holder before
  /// had decided meanwhile is void. Token 0 if another process has the lease.
  /// Inside a transaction.
  virtual shared_log::taking step_in(const std::string& store,
                                     const std::string& sku,
                                     std::int64_t now_ms) = 0;
};

} // namespace holdfast
