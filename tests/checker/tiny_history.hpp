// Histories so small that every order of them can be tried.
#pragma once

#include <random>

#include "src/checker/checker.hpp"

namespace holdfast::test {

/// One SKU, a few clients, everything in one millisecond.
struct tiny_history {
  checker::history calls;
  std::vector<event> journal;
  std::vector<checker::final_record> finals;
};

/// The time at which all of it happens.
inline constexpr std::int64_t tiny_now_ms = 1'000;

/// What `calls_max` calls of up to three clients see of an honest server.
tiny_history make_tiny_history(std::mt19937_64& random, std::size_t calls_max);

/// Changes something that somebody was told, or that was written.
void tamper(tiny_history& with, std::mt19937_64& random);

/// True if there is an order of the requests that explains all answers, the
/// journal and the end, and in which nothing comes before what had returned
/// when it was called. Tries all of them.
bool is_explained(const tiny_history& seen);

} // namespace holdfast::test
