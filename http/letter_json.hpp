// Dead letters as answers.
#pragma once

#include "actors/operation.hpp"
#include "http/api.hpp"

namespace holdfast::http {

/// A page of letters, with `nextCursor` unless it is the last.
api_response render_letters(const operation& done);

/// The letter that is no more.
api_response render_dropped_letter(const operation& done);

} // namespace holdfast::http
