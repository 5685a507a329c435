// Answers from the wire, as the domain would have put them.
#pragma once

#include <optional>

#include "holdfast/outcome.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::test {

/// The outcome that a response to `asked` tells; nothing if it is no answer of
/// the contract.
std::optional<outcome> read_answer(action asked, const raw_response& response);

/// Milliseconds since the epoch from `2026-11-22T06:11:00.123Z`, nothing for
/// any other form.
std::optional<std::int64_t> read_time(const std::string& text);

} // namespace holdfast::test
