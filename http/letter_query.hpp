// Requests about dead letters.
#pragma once

#include "actors/operation.hpp"
#include "http/api.hpp"
#include "http/problem.hpp"
#include "http/routes.hpp"

namespace holdfast::http {

/// Reads what `request` wants of the list (`cursor`, `limit`) or of one letter
/// (its id, and a body that may be empty) into `into`. `none`, or the code it
/// is refused with; every fault is added.
error_code read_letter_request(const api_request& request,
                               const request_target& target,
                               const route_match& match, operation& into,
                               faults& found);

} // namespace holdfast::http
