// What an operation has to do with the feed; most have nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "holdfast/feed_span.hpp"
#include "holdfast/journal.hpp"

namespace holdfast {

struct feed_part {
  /// What is wanted: events behind this one, at most so many of such.
  std::uint64_t after = 0;
  std::size_t limit = 0;
  event_filter filter;
  /// Only where the feed is that of several nodes.
  std::unique_ptr<feed_span> span;

  /// What was found.
  event_page page;
};

} // namespace holdfast
