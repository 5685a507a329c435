// What an answer says.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/support/http_client.hpp"

namespace holdfast::test {

/// The test ends if there is no answer.
inline nlohmann::json body_of(const http_result& got) {
  REQUIRE(got.is == http_result::fate::answered);
  return nlohmann::json::parse(got.response.body);
}

} // namespace holdfast::test
