// The feed of several nodes as one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/journal.hpp"

namespace holdfast {

/// A hash that stands for `text` where that would be too long: SipHash-2-4
/// under a fixed key, so that every node and every start says the same. No
/// secret, and no protection from who looks for two texts of one hash.
std::uint64_t fixed_hash(std::string_view text) noexcept;

/// How far the log of one node was read.
struct feed_position {
  std::string node;
  std::uint64_t after = 0;

  bool operator==(const feed_position&) const = default;
};

/// The same as it stands in a cursor, which has room for all nodes of the
/// largest cluster and those retired, whatever they are called.
struct feed_mark {
  /// `fixed_hash` of its name.
  std::uint64_t node = 0;
  std::uint64_t after = 0;

  auto operator<=>(const feed_mark&) const = default;
};

/// A question to the feeds of all nodes, and what it comes to.
struct feed_span {
  /// `after` was a plain number, which says nothing once there are more nodes.
  bool is_plain = false;
  /// Where to read on, by the cursor of the question.
  std::vector<feed_mark> marks;
  /// Nodes that are read: where to read on, and then where to read on next.
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

/// Merges pages into one of at most `limit` events in the order of time, as far
/// as clocks agree, each node's in their order, and moves the legs of `span`
/// behind what was taken. An event that is newer than the end of a page which
/// is not the last of its log waits: something older may follow there.
event_page merge_pages(std::vector<feed_leg_page> pages, std::size_t limit,
                       feed_span& span);

/// Where to read on after that page, the smallest hash first: what was read of
/// the legs, and of nodes that the question knew and that are read no more.
/// Whoever was not begun has no mark, so that a cursor names only nodes of
/// which every other has heard.
std::vector<feed_mark> next_marks(const feed_span& span);

} // namespace holdfast
