// Load on a cluster, held against the journals of all its nodes.
#pragma once

#include "tests/cluster/nodes.hpp"
#include "tests/support/load.hpp"

namespace holdfast::cluster_test {

/// Clients that ask for stores of all nodes.
test::load_plan cluster_plan(std::uint64_t seed);

/// Flags of nodes whose keys and holds outlive any campaign, with rounds at
/// this pace.
std::vector<std::string> patient_flags(std::int64_t sync_interval_ms = 500);

/// Settles what is open, reads everything, ends all nodes, and holds what the
/// clients were told against each journal. Fails the test if anything is
/// wrong, if the central view is not the sum of them, or if an owner
/// acknowledged nothing. Returns how many writes the least of them did.
std::size_t judge_cluster(three_nodes& nodes, test::load& clients);

} // namespace holdfast::cluster_test
