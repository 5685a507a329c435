// What a central view showed of the SKUs of a load, small enough to keep it
// for millions of them.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "src/checker/checker.hpp"
#include "src/cli/load/draft.hpp"

namespace holdfast::cli {

class view_record {
public:
  /// Adds one SKU; those of others are left out. At rest: whatever is written
  /// afterwards expires.
  void take(const name_book& names, checker::central_entry&& shown);

  /// Goes on to `change` of `sku`, by which its deltas come to `sum`.
  void follow(std::uint32_t sku, const event& change, const balances& sum);
  /// What was taken, nothing if it was not.
  std::optional<checker::central_entry> find(const name_book& names,
                                             std::uint32_t sku) const;
  /// Item 7: what is not the sum of the events that went by. Adds to `found`.
  void judge(const name_book& names,
             std::vector<checker::violation>& found) const;

private:
  /// A SKU of a load is in one store.
  struct shown {
    std::size_t store = 0;
    balances record;
    bool is_there = false;
    bool is_old = false;
    bool is_missing = false;
  };

  std::unordered_map<std::uint32_t, shown> all_;
  std::vector<checker::violation> odd_;
};

} // namespace holdfast::cli
