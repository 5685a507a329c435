// Patience with what another process is just doing.
#pragma once

#include <chrono>
#include <thread>

namespace holdfast::storage {

/// Looks again, for as long as most syncs take, until what `look` returns
/// `is_settled`. Returns what it saw last.
template <class Look, class Test>
auto look_until(Look look, Test is_settled) {
  constexpr int tries = 50;
  constexpr std::chrono::milliseconds pause{2};
  auto seen = look();
  for (int i = 0; i < tries && !is_settled(seen); ++i) {
    std::this_thread::sleep_for(pause);
    seen = look();
  }
  return seen;
}

} // namespace holdfast::storage
