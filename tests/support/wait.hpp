// Waiting for what will be true soon.
#pragma once

#include <chrono>
#include <thread>

namespace holdfast::test {

/// Asks until `holds()` or until time runs out; says which.
template <class F>
bool wait_until(F holds, std::chrono::milliseconds within) {
  constexpr std::chrono::milliseconds pause{2};
  const auto end = std::chrono::steady_clock::now() + within;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end)
      return false;
    std::this_thread::sleep_for(pause);
  }
  return true;
}

} // namespace holdfast::test
