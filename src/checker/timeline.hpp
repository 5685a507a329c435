// Which versions of a record were known when. Internal to the checker.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

/// The version that an answer gives away, 0 if none.
std::uint64_t version_in(const outcome& answer);

/// Built once from the calls and the events of one SKU.
class timeline {
public:
  explicit timeline(const sku_case& of);

  /// Highest version that somebody had been told before `at_ns`.
  std::uint64_t told_before(std::int64_t at_ns) const;
  /// Highest version that can have existed at `at_ns`.
  std::uint64_t possible_at(std::int64_t at_ns) const;
  /// When somebody was first told of the event that made `version`.
  std::int64_t acknowledged_ns(std::uint64_t version) const {
    return acknowledged_[version];
  }

private:
  std::vector<std::int64_t> born_; // by version, from 1
  std::vector<std::int64_t> acknowledged_;
  /// Time, and the highest version told until then.
  std::vector<std::pair<std::int64_t, std::uint64_t>> told_;
};

} // namespace holdfast::checker
