#include "http/edge_counters.hpp"

#include <array>
#include <atomic>
#include <cstddef>

namespace holdfast::http {

namespace {

std::array<std::atomic<std::uint64_t>, error_code_count> refusals;

std::atomic<std::uint64_t>& counter_of(error_code code) noexcept {
  return refusals[static_cast<std::size_t>(code)];
}

} // namespace

void on_edge_refusal(error_code code) noexcept {
  counter_of(code).fetch_add(1, std::memory_order_relaxed);
}

std::uint64_t edge_refusals(error_code code) noexcept {
  return counter_of(code).load(std::memory_order_relaxed);
}

} // namespace holdfast::http
