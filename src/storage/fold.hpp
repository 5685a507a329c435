// The fold of stored events, which may not be what they should be.
#pragma once

#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// Why `change` cannot be what happened next to `now`, or nothing. `apply` is
/// total on what passes.
const char* misfit(const stock& now, const event& change);

/// Applies `change`, or throws `journal_error::corrupt` if it does not fit.
void apply_stored(stock& now, const event& change);

} // namespace holdfast::storage
