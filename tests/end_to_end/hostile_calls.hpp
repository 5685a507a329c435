// Requests that are sound HTTP and wrong in what they say. Data only.
#pragma once

#include <string>
#include <vector>

#include "tests/end_to_end/caller.hpp"

namespace holdfast::live {

/// One request and its refusal.
struct hostile_call {
  request what;
  int status = 400;
  std::string code = "invalid_request";
  /// What each fault of a 400 points at, in order.
  std::vector<std::string> pointers = {};
};

/// One whose faults are at `pointers`.
inline hostile_call broken(request what, std::vector<std::string> pointers) {
  return {std::move(what), 400, "invalid_request", std::move(pointers)};
}

using hostile_calls = std::vector<hostile_call>;

/// The record that the calls are about; it exists, and none of them may
/// change it.
inline const std::string hostile_sku = "under attack";

hostile_calls syntax_calls();
hostile_calls number_calls();
hostile_calls text_calls();
hostile_calls member_calls();
hostile_calls field_calls();
hostile_calls path_calls();
hostile_calls feed_calls();

/// All of them.
hostile_calls all_hostile_calls();

} // namespace holdfast::live
