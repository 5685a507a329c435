// How a SKU is rebuilt from its snapshot and its two chains.
#pragma once

#include "row_reader.hpp"
#include "sku_heads.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

/// Where the chains of a SKU end.
struct chain_ends {
  std::uint64_t seq = 0;
  std::uint64_t answer = 0;
};

/// Ends as `dirty` has them, which may be null; what it leaves open is in the
/// snapshot, and the ends of a SKU that has none are 0.
chain_ends ends_of(const sku_head* dirty,
                   const std::optional<stored_snapshot>& kept);

/// Knows both ends of the chains of `head`.
void resolve(sku_head& head, snapshot_table& snapshots);

/// Gives the holds of `state` the numbers of their grants, where they do not
/// know them yet. False if `state` is not what event `seq` left of the SKU.
bool complete_grants(row_reader& rows, std::uint64_t seq, stock& state);

/// See `journal::load`. `kept` is the snapshot of the SKU.
loaded_sku load_sku(row_reader& rows, sku_view names, const chain_ends& ends,
                    const std::optional<stored_snapshot>& kept,
                    std::int64_t keys_since_ms);

/// See `journal::walk_keys`.
bool walk_keys(row_reader& rows, sku_view names, const chain_ends& ends,
               std::int64_t keys_since_ms, key_walk& walk, std::size_t count);

/// For a reservation that is not filed as closed. Throws
/// `journal_error::corrupt` if event `grant_seq` granted it and its SKU does
/// not hold it any more.
void check_open(row_reader& rows, sku_heads& heads, snapshot_table& snapshots,
                std::uint64_t grant_seq);

} // namespace holdfast::storage
