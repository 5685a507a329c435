// Waiting for what will be true soon.
#pragma once

#include <chrono>
#include <thread>

namespace holdfast::test {

/// How long tests wait for what should come at once. It ends those that hang,
/// and does not judge how fast a machine is.
inline constexpr std::chrono::seconds patience{60};

/// Asks until `holds()` or until time runs out; says which.
template <class F>
bool wait_until(F holds, std::chrono::milliseconds within = patience) {
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
