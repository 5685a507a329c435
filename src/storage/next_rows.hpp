// Where rows of a batch get their numbers and their places in the chains.
#pragma once

#include <cstdint>

#include "batch_buffer.hpp"
#include "row_reader.hpp"
#include "sku_heads.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

/// Where the journal ends, and the time of its newest row.
struct newest {
  journal_end end;
  std::int64_t time_ms = 0;
};

/// What a journal that is open at its end knows of it. Refers to its parts.
struct next_rows {
  sku_heads& heads;
  snapshot_table& snapshots;
  batch_buffer& batch;
  newest& end;

  /// Numbers `change`, links it to the row of its SKU before it, and adds it
  /// to the batch as the event that answers `from`. Throws
  /// `journal_error::full`, and changes nothing, beyond `limits::seq_max`.
  void add(stock_change& change, const origin& from) const;
  void add(remembered_answer& answer) const;
  /// Numbers and hashes the batch, which begins after `before`.
  void close(const journal_end& before, sha256& with) const;
  /// Puts `state` of a SKU, with all that a snapshot has to say, into `kept`.
  /// Returns its head; null if there is nothing new to be kept, or `state` is
  /// not the newest.
  sku_head* complete(sku_view names, const stock& state, row_reader& rows,
                     stock& kept) const;
};

} // namespace holdfast::storage
