// How many requests each route had, how they ended and how long they took.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "holdfast/error_code.hpp"
#include "holdfast/histogram.hpp"
#include "http/routes.hpp"

namespace holdfast::http {

/// How often a route was answered in one way.
struct answer_count {
  std::uint16_t status = 0;
  /// `none` for an answer that is no problem.
  error_code code = error_code::none;
  std::uint64_t count = 0;
};

/// What one route has seen.
struct route_traffic {
  /// Null for requests that no route took.
  const route* of = nullptr;
  /// From request to answer, in microseconds.
  histogram_view micros;
  /// In each way that was ever taken.
  std::vector<answer_count> answers;
};

/// Counts of one IO thread: it writes, anyone reads, nothing is locked.
class traffic {
public:
  traffic() : rows_(all_routes().size() + 1) {
    // nop
  }

  /// A request has begun.
  void begin() noexcept {
    begun_.add();
  }
  /// It is about to be answered. `taken` is a line of the table, or null.
  void end(const route* taken, std::uint16_t status, error_code code,
           std::chrono::nanoseconds took) noexcept;

  /// Requests that were begun and not answered yet.
  std::uint64_t waiting() const noexcept {
    const auto ended = ended_.get();
    const auto begun = begun_.get();
    return begun > ended ? begun - ended : 0;
  }

  /// What several threads have seen together: one entry a route, then one for
  /// the requests without.
  static std::vector<route_traffic> sum(std::span<const traffic* const> all);

private:
  /// Statuses of answers that are no problems; others count as the first.
  static constexpr std::array<std::uint16_t, 7> plain_statuses{
      200, 201, 202, 204, 206, 304, 503};
  /// First the plain statuses, then the codes; that of success is not used.
  static constexpr auto ways = plain_statuses.size() + error_code_count;

  struct row {
    histogram<latency_bounds> micros;
    std::array<tally, ways> answers;
  };

  static std::size_t way_of(std::uint16_t status, error_code code) noexcept;
  static answer_count named(std::size_t way) noexcept;

  std::vector<row> rows_;
  tally begun_;
  tally ended_;
};

} // namespace holdfast::http
