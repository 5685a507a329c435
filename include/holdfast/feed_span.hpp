// The feed of several nodes as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "holdfast/journal.hpp"

namespace holdfast {

/// How far the log of one node was read.
struct feed_position {
  std::string node;
  std::uint64_t after = 0;

  bool operator==(const feed_position&) const = default;
};

/// A question to the feeds of all nodes, and what it comes to.
struct feed_span {
  /// `after` was a plain number, which says nothing once there are more nodes.
  bool is_plain = false;
  /// Of the question, where to read on; of the answer, where to read on next.
  std::vector<feed_position> legs;
  /// Of each event of the page, the leg it is from.
  std::vector<std::uint16_t> leg_of;
  /// Nodes that could not be read: their events come later.
  std::vector<std::string> away;
};

/// A page of one leg.
struct feed_leg_page {
  /// Place of its leg.
  std::uint16_t leg = 0;
  event_page page;
};

/// Merges pages into one of at most `limit` events, the earliest first as far
/// as clocks agree, each node's in their order, and moves the legs of `span`
/// behind what was taken.
event_page merge_pages(std::vector<feed_leg_page> pages, std::size_t limit,
                       feed_span& span);

} // namespace holdfast
