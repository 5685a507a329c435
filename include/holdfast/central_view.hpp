// All stores at one time, as the last round found them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/stock_table.hpp"

namespace holdfast {

/// A SKU and its sums over the records shown.
struct central_sku {
  struct part {
    /// Name of the store.
    std::string_view store;
    balances is;
  };
  std::string_view sku;
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t available = 0;
  /// By the names of the stores.
  std::vector<part> parts;
};

/// Which SKUs a page wants.
struct central_query {
  /// SKUs after this one, by their bytes.
  std::string after;
  /// Only this store's records, and only SKUs it has; empty for all.
  std::string store;
  std::size_t limit = 0;
};

struct central_page {
  std::vector<central_sku> skus;
  /// The page was read up to and including this SKU; empty at the end.
  std::string next;
};

/// What one round left for readers. Nothing in it changes, so whoever holds it
/// reads one state, without tears and as long as they like. Thread-safe.
struct central_view {
  /// 0 before the first.
  std::uint64_t round = 0;
  /// Everything that was durable by then is in it, failed stores excepted.
  /// Milliseconds since the epoch.
  std::int64_t as_of_ms = 0;
  /// Every store answered. Those that did not are shown as last known.
  bool complete = false;
  std::vector<std::string> failed_stores;
  /// Names of the stores by their numbers in `table`.
  std::shared_ptr<const std::vector<std::string>> stores =
      std::make_shared<const std::vector<std::string>>();
  std::shared_ptr<const stock_table> table =
      std::make_shared<const stock_table>();

  /// Nothing if no store has it. Views into this.
  std::optional<central_sku> find(std::string_view sku) const;
  /// Looks at no more than `100 × limit` SKUs, so a page may be short without
  /// being the last. Views into this.
  central_page page(const central_query& wanted) const;
};

} // namespace holdfast
