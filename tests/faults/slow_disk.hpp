// A disk whose syncs are late.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace holdfast::test {

/// The wrapper that makes every sync of a node take so much longer, and leaves
/// all else at its speed.
std::vector<std::string> slow_disk(std::chrono::microseconds sync_time);

} // namespace holdfast::test
