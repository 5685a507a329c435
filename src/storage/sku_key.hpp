// Store and SKU as a key of hash tables.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace holdfast::storage {

/// Names a SKU without owning the names.
struct sku_view {
  std::string_view store;
  std::string_view sku;
};

/// Names a SKU. Looked up by `sku_view`, so no lookup copies a name.
struct sku_key {
  std::string store;
  std::string sku;

  explicit sku_key(sku_view names) : store(names.store), sku(names.sku) {
    // nop
  }
  operator sku_view() const noexcept {
    return {store, sku};
  }
};

struct sku_hash {
  using is_transparent = void;

  std::size_t operator()(sku_view names) const noexcept {
    const std::hash<std::string_view> hash;
    return hash(names.sku) * 31 + hash(names.store);
  }
};

struct sku_equal {
  using is_transparent = void;

  bool operator()(sku_view one, sku_view two) const noexcept {
    return one.sku == two.sku && one.store == two.store;
  }
};

} // namespace holdfast::storage
