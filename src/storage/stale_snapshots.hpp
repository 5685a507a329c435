// Snapshots of the SKUs that went longest without: what a start has to read is
// the log since the oldest of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "row_reader.hpp"
#include "sku_heads.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

/// Events and answers from `start` on, where `end` comes next.
std::uint64_t rows_between(const log_position& start,
                           const log_position& end) noexcept;

struct stale_snapshots {
  std::size_t taken = 0;
  /// What a start reads begins here now.
  log_position tail;
};

/// Takes snapshots, in the open transaction, of at most `budget` of `heads`
/// that have more than `rows_max` rows since their oldest without one, in a log
/// that goes on at `end`.
stale_snapshots take_stale(sku_heads& heads, row_reader& rows,
                           snapshot_table& snapshots, std::size_t budget,
                           const log_position& end, std::uint64_t rows_max);

} // namespace holdfast::storage
