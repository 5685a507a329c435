// The requests of a tiny history, for brute force to put in order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/checker/tiny_history.hpp"

namespace holdfast::test {

inline constexpr std::size_t no_request = static_cast<std::size_t>(-1);

/// What a server does once.
struct tiny_request {
  /// All tries with one key, or a single call without one; none if all of them
  /// were told of a mismatch.
  std::vector<const checker::entry*> tries;
  /// Of a single try that was told of a mismatch: the request with its key.
  std::size_t holder = no_request;
  /// Somebody was told of a mismatch because of it.
  bool is_holder = false;
  /// When the first try of any body was called.
  std::int64_t first_called_ns = 0;

  bool is_known() const;
  /// When somebody first knew what came of it.
  std::int64_t returned_ns() const;
  /// When somebody first asked for what `ask` does.
  std::int64_t called_ns(const command& ask) const;
  /// When a change to `version` was first acknowledged.
  std::int64_t acknowledged_ns(std::uint64_t version) const;
};

/// Those about `sku`. False if a mismatch has no reason that holds as it is
/// read.
bool collect(const tiny_history& seen, const std::string& sku, reading as,
             std::vector<tiny_request>& into);

/// False if an event has a lower number than one of the other SKU that somebody
/// had been told of before it was asked for.
bool is_in_order(const tiny_history& seen, reading as);

} // namespace holdfast::test
