// Parts of the API, each driven to every answer that one client can get.
#pragma once

#include "tests/end_to_end/exact_caller.hpp"

namespace holdfast::live {

void drive_records(exact_caller& client);
void drive_reservations(exact_caller& client);
void drive_central(exact_caller& client);
/// Each letter to the status beside it.
void drive_letters(exact_caller& client,
                   const std::vector<std::pair<std::string, int>>& letters);
void drive_pages(exact_caller& client);

/// Nodes join at `node_port` of the one that `client` asks.
void drive_cluster(exact_caller& client, std::uint16_t node_port);

/// What the edge and the door refuse, of every operation.
void drive_edge(exact_caller& client);

} // namespace holdfast::live
