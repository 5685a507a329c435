// How long callers wait: at half the peak, and when the node is full.
#include <stdexcept>

#include "src/cli/load/scratch_dir.hpp"
#include "tests/benchmarks/load_client.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/servers.hpp"
#include "tests/benchmarks/sync_time.hpp"
#include "tests/benchmarks/wrk.hpp"

namespace holdfast::bench {

using namespace cli;

namespace {

constexpr std::size_t connections = 64;
/// Far more callers than a queue of `queue_max` has places.
constexpr std::size_t crowd = 512;
constexpr const char* queue_max = "64";

double peak_of(const node_server& node, const options& with, report& into) {
  const auto* const figure = "writes, 64 connections";
  if (!into.has(figure)) {
    wrk_run how{with.scripts + "/post.lua", {"uniform", "peak"}, connections};
    how.span = with.run;
    into.measure(figure, "/s", run_wrk(node.url(), how).rate);
  }
  return into.value_of(figure);
}

void measure_half_load(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  node_server node{with.node, dir.path()};
  into.did(node.command_line());
  load_plan plan;
  plan.port = node.port();
  plan.connections = connections;
  plan.rate = peak_of(node, with, into) / 2;
  plan.span = with.run;
  for (std::size_t round = 0; round < with.rounds; ++round) {
    into.measure("fdatasync", "ms", sync_ms(dir.path()));
    const auto result = run_load(plan);
    if (!result.refused_ms.empty())
      throw std::runtime_error("refused at half load");
    into.measure("writes at half the peak", "/s",
                 static_cast<double>(result.answered_ms.size())
                     / std::chrono::duration<double>{plan.span}.count());
    into.measure("latency at half the peak, p50", "ms",
                 percentile_of(result.answered_ms, 0.50));
    into.measure("latency at half the peak, p99", "ms",
                 percentile_of(result.answered_ms, 0.99));
  }
  node.stop();
  into.compare("latency at half the peak, p99", "fdatasync",
               report::bound::at_most, 10);
}

void measure_refusals(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  node_server node{with.node, dir.path(), {{"LOAD_SHED_QUEUE_MAX", queue_max}}};
  into.did(node.command_line());
  load_plan plan;
  plan.port = node.port();
  plan.connections = crowd;
  plan.span = with.run;
  for (std::size_t round = 0; round < with.rounds; ++round) {
    const auto result = run_load(plan);
    if (result.refused_ms.empty())
      throw std::runtime_error("a crowd was not refused");
    const auto seconds = std::chrono::duration<double>{plan.span}.count();
    into.measure("full queue: answered", "/s",
                 static_cast<double>(result.answered_ms.size()) / seconds);
    into.measure("full queue: refused", "/s",
                 static_cast<double>(result.refused_ms.size()) / seconds);
    into.measure("full queue: refusal, p99", "ms",
                 percentile_of(result.refused_ms, 0.99));
  }
  node.stop();
  into.judge("full queue: refusal, p99", report::bound::at_most, 50);
}

} // namespace

void measure_latency(const options& with, report& into) {
  measure_half_load(with, into);
  measure_refusals(with, into);
}

} // namespace holdfast::bench
