// Which holds had to be gone by when. Internal to the checker.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "src/checker/timeline.hpp"

namespace holdfast::checker {

/// How late it was in a store, as far as callers know: the dates of the events
/// they were told of.
class store_dates {
public:
  void add(std::int64_t told_ns, std::int64_t date_ms) {
    told_.emplace_back(told_ns, date_ms);
  }
  /// Once, before the first question.
  void sort();
  /// The latest date that somebody had been told of before `at_ns`.
  std::int64_t told_before(std::int64_t at_ns) const;
  /// Somebody had been told of an event of it before `at_ns`.
  bool is_known_before(std::int64_t at_ns) const;

private:
  std::vector<std::pair<std::int64_t, std::int64_t>> told_;
};

/// What is known beside the calls and events of one SKU.
struct surroundings {
  const terms& with;
  /// Of its store.
  const store_dates& dates;
  /// A moment before the last read, by which all was done.
  std::int64_t rest_ns = 0;
};

/// Live holds of one SKU, while its versions go by. Knows two clocks: that of
/// the node, by the dates of its events, and if it is true that of the callers.
class deadlines {
public:
  deadlines(const timeline& times, const surroundings& in);

  /// Goes on to the next version.
  void apply(const event& change);
  /// Whoever asks at `at_ns` must not meet all of the holds there are.
  bool are_over(std::int64_t at_ns) const;
  /// Its hold can not have been due when somebody was told of this expiry.
  bool is_early(const event& expiry) const;
  /// It has an earlier date than somebody had been told of, of any event of its
  /// store, when it was asked for.
  bool is_dated_back(const event& change) const;

private:
  using moments = std::set<std::pair<std::int64_t, std::uint64_t>>;

  /// When a hold ends.
  struct span {
    /// By the date that its event says.
    std::int64_t date_ms = 0;
    /// By the callers: not before the first, not after the other.
    std::int64_t first_ns = 0;
    std::int64_t last_ns = 0;
  };

  span span_of(const event& change) const;

  const timeline& times_;
  const surroundings in_;
  std::map<std::uint64_t, span> holds_; // by grant version
  moments by_date_;
  moments by_last_;
};

} // namespace holdfast::checker
