// Reads the feeds of all nodes as one.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/cluster_board.hpp"
#include "actors/departures.hpp"
#include "actors/operation.hpp"

namespace holdfast {

struct feed_reader_state {
  static inline constexpr const char* name = "feed-reader";

  /// A question whose nodes have not all answered.
  struct question {
    operation_ptr op;
    std::vector<feed_leg_page> pages;
    std::size_t open = 0;
    /// Why a node could not be read, the last one.
    error_code failure = error_code::none;
  };

  std::string own_name;
  std::shared_ptr<const cluster_board> board;
  /// Where the feed of each node is read.
  std::map<std::string, answer_actor> feeds;
  std::unordered_map<std::uint64_t, question> open;
  std::uint64_t last_number = 0;
};

/// Asks every node for a page and merges what they say. A node that cannot be
/// read, or does not answer while there is time for the others
/// (`limits::feed_reserve`), is named in the answer and read on later; if none
/// can, the question is refused. `board` tells what to make of a cursor that
/// names other nodes: who was retired is read no more and keeps its place in
/// cursors, for nodes that have not heard of it; who is not known while some
/// node is away may become so. A question whose own page is there has left, by
/// `out`.
feed_actor::behavior_type
feed_reader(feed_actor::stateful_pointer<feed_reader_state> self,
            std::string own_name, journal_actor journal,
            std::shared_ptr<const cluster_board> board, way_out out);

} // namespace holdfast
