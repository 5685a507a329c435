// One metric of a running node.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/http_client.hpp"

namespace holdfast::test {

/// Sum over the series whose lines begin with `name`.
inline double sum_of(std::uint16_t port, const std::string& name) {
  const auto page = http_client{port}.ask("GET", "/metrics").response.body;
  double sum = 0;
  for (auto at = page.find('\n' + name); at != std::string::npos;
       at = page.find('\n' + name, at + 1))
    sum += std::stod(page.substr(page.find(' ', at + 1)));
  return sum;
}

} // namespace holdfast::test
