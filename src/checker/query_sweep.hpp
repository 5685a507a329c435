// Finds a state for every answer that no event explains. Internal to the
// checker.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "src/checker/deadlines.hpp"
#include "src/checker/model.hpp"

namespace holdfast::checker {

/// Goes through the versions of one SKU once, in order.
class query_sweep {
public:
  query_sweep(const sku_case& of, const timeline& times, violations& found);

  /// Gives each query the first version that explains it and that is not
  /// before the one of a query that was answered before it was asked. `state`
  /// and `ends` are those of `version`; one with a hold that had to be gone
  /// explains nothing.
  void settle(const model& state, const deadlines& ends, std::uint64_t version);

private:
  /// A query and the versions that may explain it.
  struct window {
    const entry* call = nullptr;
    const request* of = nullptr;
    /// When it, or the first try of it, was asked.
    std::int64_t asked_ns = 0;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };

  void open(const window& next);
  static bool explains(const model& state, const window& each);
  void blame(int item, std::uint64_t version, const std::string& why);
  /// Why no version up to this one explains it.
  enum class flaw : std::uint8_t { none, differs, overdue };
  void blame(const window& each, std::uint64_t version, flaw why);

  const sku_case& of_;
  violations& found_;
  std::vector<window> windows_; // by first version
  std::size_t next_ = 0;
  std::vector<window> open_; // by time
};

} // namespace holdfast::checker
