// States of SKUs, so that no start has to fold a log from its beginning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "holdfast/stock.hpp"
#include "sku_key.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// A row of `snapshots`, its checksum already compared.
struct stored_snapshot {
  /// Last event folded into the state, and last answer of the SKU then.
  std::uint64_t seq = 0;
  std::uint64_t answer = 0;
  /// For `decode_stock`.
  std::string body;
};

/// The state of a row of `snapshots` without its checksum, for `decode_stock`.
/// Throws `journal_error::corrupt` if `snapshot_table` did not write it so.
std::string_view checked_state(sku_view names, std::uint64_t seq,
                               std::uint64_t answer, std::string_view body);

/// The rows of `snapshots` as they are.
class snapshot_rows {
public:
  explicit snapshot_rows(database& in);

  /// Nothing if there is no such row. Throws `journal_error::corrupt` if it was
  /// not written by `snapshot_table`.
  std::optional<stored_snapshot> find(sku_view names);

private:
  statement find_;
};

/// Knows besides, by `skus`, who had a snapshot ever: a SKU whose row is gone,
/// or has another name by now, must not be taken for a new one.
class snapshot_table {
public:
  explicit snapshot_table(database& in);

  /// Nothing if the SKU never had one. Throws `journal_error::corrupt` if it is
  /// gone, or was not written by `put`.
  std::optional<stored_snapshot> find(sku_view names);

  /// Replaces the snapshot of a SKU.
  void put(sku_view names, std::uint64_t seq, std::uint64_t answer,
           const stock& state);

private:
  /// Throws unless the SKU never had a snapshot.
  void check_new(sku_view names);

  database& in_;
  snapshot_rows rows_;
  statement update_;
  statement insert_;
  statement find_known_;
  statement know_;
  std::string body_;
};

} // namespace holdfast::storage
