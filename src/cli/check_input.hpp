// Reads what `holdfast check` judges.
#pragma once

#include "src/config/invocation.hpp"
#include "src/history/history.hpp"

namespace holdfast::cli {

/// The history of `query`, with the events that it names instead of its own.
/// Throws `config::config_error` for what cannot be read, and for nothing.
history::told read_evidence(const config::check_query& query);

} // namespace holdfast::cli
