// Answers from the wire, as the domain would have put them.
#pragma once

#include <optional>

#include "holdfast/outcome.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::test {

/// The outcome that a response to `asked` tells; nothing if it is no answer of
/// the contract.
std::optional<outcome> read_answer(action asked, const raw_response& response);

} // namespace holdfast::test
