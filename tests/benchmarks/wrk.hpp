// The load generator that measures peaks.
#pragma once

#include <cstdint>
#include <string>

#include "tests/benchmarks/process.hpp"

namespace holdfast::bench {

struct wrk_run {
  std::string script;
  /// Words for the script.
  command words;
  std::size_t connections = 64;
  std::chrono::milliseconds span{3'000};
};

struct wrk_result {
  std::uint64_t requests = 0;
  double rate = 0;
};

/// The command line of a run.
command wrk_command(const std::string& url, const wrk_run& how);

/// Throws unless every request was answered, and answered well: figures of
/// refusals would be worth nothing.
wrk_result run_wrk(const std::string& url, const wrk_run& how);

} // namespace holdfast::bench
