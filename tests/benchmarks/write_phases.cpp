#include "tests/benchmarks/write_phases.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <stdexcept>

namespace holdfast::bench {

namespace {

constexpr auto longest_phase = std::chrono::hours{1};

struct raise_at_end {
  std::atomic<bool>& flag;
  ~raise_at_end() {
    flag = true;
  }
};

} // namespace

void note_writes(const std::string& phase, const load_result& seen,
                 report& into) {
  if (!seen.refused_ms.empty())
    throw std::runtime_error("writes were refused: " + phase);
  into.measure("p99 of writes, " + phase, "ms",
               percentile_of(seen.answered_ms, 0.99));
  into.measure("longest write, " + phase, "ms",
               percentile_of(seen.answered_ms, 1));
}

void write_while(const std::string& phase, load_plan plan,
                 const std::function<void()>& work, report& into) {
  std::atomic<bool> is_over = false;
  plan.warm_up = std::chrono::milliseconds{0};
  plan.span = longest_phase;
  plan.is_over = &is_over;
  auto writes = std::async(std::launch::async, run_load, plan);
  {
    const raise_at_end when{is_over};
    work();
  }
  note_writes(phase, writes.get(), into);
}

} // namespace holdfast::bench
