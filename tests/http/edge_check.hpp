// Holds one connection against one row of the hostile table.
#pragma once

#include <cstdint>

#include "tests/http/hostile_cases.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::http {

/// One that is accepted, and one that is refused.
inline const std::string good_request = get_with("");
inline const std::string bad_request = get_with("Host: b\r\n");

/// Sends `row` in one piece to the server at `port`, and checks every answer,
/// byte for byte where it is a refusal, and whether the connection ends.
void check_row(std::uint16_t port, const hostile_case& row);

/// Checks that `answer` is a refusal in the form of the contract. The body of
/// an answer to a HEAD is absent.
void check_refusal(const raw_response& answer, std::uint16_t status,
                   std::string_view code, bool to_head_request = false);

/// The next answer is such a refusal, and the connection ends after it.
void check_last_refusal(raw_client& client, std::uint16_t status,
                        std::string_view code);

} // namespace holdfast::http
