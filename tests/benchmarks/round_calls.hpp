// Rounds of the central view, as a client asks for them.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace holdfast::bench {

class node_server;

/// The last round of a node.
struct round_seen {
  /// Rounds so far, 0: there was none.
  std::size_t number = 0;
  /// Those it added up, and whether it had all of them.
  std::size_t stores = 0;
  bool is_complete = false;
  double took_ms = 0;
};

round_seen last_round(const node_server& of);

/// Has each node run a round, again if it was not complete, until all of them
/// have one over `stores` stores. Seconds that each took. Throws if one takes
/// too long.
std::vector<double> run_rounds(const std::vector<const node_server*>& nodes,
                               std::size_t stores);

/// Milliseconds that rounds took which ended within `span`. Throws if there was
/// none, or one was not over `stores` stores.
std::vector<double> watch_rounds(const node_server& of, std::size_t stores,
                                 std::chrono::milliseconds span);

/// Rounds begin by themselves from now on.
void pace_rounds(const node_server& of, std::chrono::milliseconds interval);

} // namespace holdfast::bench
