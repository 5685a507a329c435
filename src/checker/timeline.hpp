// Which versions of a record were known when. Internal to the checker.
#pragma once

#include <cstdint>
#include <limits>
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
  /// When somebody was first told of the event that made `version`, the
  /// greatest number if nobody was or there is none: an event may name a hold
  /// that nobody granted.
  std::int64_t acknowledged_ns(std::uint64_t version) const {
    return version < acknowledged_.size()
               ? acknowledged_[version]
               : std::numeric_limits<std::int64_t>::max();
  }
  /// When somebody was first told of `version` or a later one.
  std::int64_t known_ns(std::uint64_t version) const;
  /// When somebody first asked for what made `version`, the least number if
  /// nobody did.
  std::int64_t asked_ns(std::uint64_t version) const {
    return asked_[version - 1];
  }

private:
  std::vector<std::int64_t> asked_; // by version, from 1
  std::vector<std::int64_t> born_;  // the same, with all before
  std::vector<std::int64_t> acknowledged_;
  /// Time, and the highest version told until then.
  std::vector<std::pair<std::int64_t, std::uint64_t>> told_;
};

} // namespace holdfast::checker
