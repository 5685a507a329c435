// Records of many stores in the order of their SKUs: immutable, and cheap to
// follow by another that differs a little.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "holdfast/stock.hpp"

namespace holdfast {

/// The record of a SKU in one store.
struct store_record {
  /// Number of the store, by whoever built the table.
  std::uint32_t store = 0;
  balances is;
};

/// A SKU and its records by rising store. Views into its table.
struct sku_entry {
  std::string_view sku;
  std::span<const store_record> records;
};

struct stock_chunk;

/// About 60 bytes a record and 16 a SKU beside its name. Thread-safe, as
/// nothing in it ever changes.
class stock_table {
public:
  /// Empty.
  stock_table();

  std::optional<sku_entry> find(std::string_view sku) const;
  /// Shows the SKUs after `after`, by rising bytes, until `visit` is false.
  void walk(std::string_view after,
            const std::function<bool(const sku_entry&)>& visit) const;

  std::size_t skus() const noexcept {
    return skus_;
  }
  std::size_t memory_bytes() const noexcept;

private:
  friend class stock_table_builder;
  using chunks = std::vector<std::shared_ptr<stock_chunk>>;

  /// Index of the chunk in which `sku` is, if it is anywhere.
  static std::size_t locate(const chunks& in, std::string_view sku);

  chunks chunks_;
  std::size_t skus_ = 0;
};

/// Makes one table after another. What did not change is shared with the table
/// before; a chunk of at most 64 SKUs is copied when one of them changes. Not
/// thread-safe.
class stock_table_builder {
public:
  /// The record to be written, made with version 0 if there is none. Valid
  /// until the next call.
  balances& at(std::string_view sku, std::uint32_t store);
  /// The record as it is, or null.
  const balances* find(std::string_view sku, std::uint32_t store) const;
  /// Records of `stores` are no more, nor SKUs that have no others. Takes as
  /// long as writing all that is left.
  void forget(const std::set<std::uint32_t>& stores);
  /// The table with everything written so far.
  std::shared_ptr<const stock_table> publish();

private:
  /// A chunk that no published table has.
  stock_chunk& own(std::size_t index);
  void split(std::size_t index);

  stock_table::chunks chunks_;
  std::size_t skus_ = 0;
  /// Counts tables; chunks of earlier ones are not to be touched.
  std::uint64_t edition_ = 1;
  std::shared_ptr<const stock_table> latest_;
};

} // namespace holdfast
