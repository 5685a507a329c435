// Every write of the contract with a key, and what a retry must answer.
#pragma once

#include <vector>

#include "tests/end_to_end/caller.hpp"

namespace holdfast::live {

/// A request and the answer it had.
struct played {
  request what;
  raw_response answer;
};

/// `again` repeats `first`: status, body, ETag and Location. Only `instance`
/// of a problem may differ.
void check_replay(const raw_response& again, const played& first);

/// Sends one of every write, accepted and refused, to `sku` of store-1, each
/// with a key of its own. Checks that each had the status meant for it.
std::vector<played> play_everything(caller& client, const std::string& sku);

} // namespace holdfast::live
