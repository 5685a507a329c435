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

class snapshot_table {
public:
  explicit snapshot_table(database& in);

  /// Nothing if the SKU has none. Throws `journal_error::corrupt` if the row
  /// was not written by `put`.
  std::optional<stored_snapshot> find(sku_view names);

  /// Replaces the snapshot of a SKU.
  void put(sku_view names, std::uint64_t seq, std::uint64_t answer,
           const stock& state);

private:
  statement find_;
  statement put_;
  std::string body_;
};

} // namespace holdfast::storage
