// What the health page of a running node says of one mediator.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "tests/faults/body_of.hpp"

namespace holdfast::test {

/// `kind` is `circuitBreakers` or `bulkheads`. The test ends if it is not told.
inline nlohmann::json mediator_of(std::uint16_t port, const std::string& kind,
                                  const std::string& name) {
  const auto page =
      body_of(http_client{port}.ask("GET", "/api/health/metrics"));
  for (const auto& each : page[kind])
    if (each["name"] == name)
      return each;
  FAIL("health does not tell of " << name);
  return {};
}

} // namespace holdfast::test
