// Starts of a node with a past: how long, and how much memory.
#include <csignal>

#include <stdexcept>

#include "src/cli/load/scratch_dir.hpp"
#include "tests/benchmarks/parts.hpp"
#include "tests/benchmarks/servers.hpp"
#include "tests/support/adjust_rows.hpp"
#include "tests/support/raw_client.hpp"

namespace holdfast::bench {

using namespace cli;
using namespace test;

namespace {

constexpr std::size_t million = 1'000'000;

/// SKUs of the million that are read, and the step from one to the next.
constexpr std::size_t touched = 1'000;
constexpr std::size_t stride = 997;

std::string text_of(std::size_t count) {
  return count % million == 0 ? std::to_string(count / million) + "M"
                              : std::to_string(count / 1'000) + "k";
}

std::string journal_of(std::size_t events, std::size_t skus) {
  return text_of(events) + " events, " + text_of(skus) + " SKUs";
}

void measure_start(const options& with, std::size_t events, std::size_t skus,
                   report& into) {
  const scratch_dir dir{with.scratch};
  fill_journal(dir.path(), skus, events);
  for (std::size_t round = 0; round < with.rounds; ++round) {
    node_server node{with.node, dir.path()};
    into.measure("start, " + journal_of(events, skus), "s",
                 node.time_to_ready().count());
    // As a crash would: the next start finds the same journal.
    node.child().stop(SIGKILL);
  }
}

double resident_mib(node_server& node) {
  return static_cast<double>(node.child().resident_bytes()) / mebibyte;
}

/// Milliseconds of each first read of a SKU.
std::vector<double> touch(const node_server& node) {
  raw_client client{node.port()};
  std::vector<double> took_ms;
  for (std::size_t i = 0; i < touched; ++i) {
    const auto start = std::chrono::steady_clock::now();
    client.send("GET /api/inventory/stores/store-1/inventory/"
                + sku_name(i * stride % million)
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto answer = client.receive();
    if (!answer || answer->status != 200)
      throw std::runtime_error("a SKU that exists was not read");
    const std::chrono::duration<double, std::milli> took =
        std::chrono::steady_clock::now() - start;
    took_ms.push_back(took.count());
  }
  return took_ms;
}

} // namespace

void measure_recovery(const options& with, report& into) {
  std::vector<std::size_t> sizes = {100'000, million};
  if (with.size == extent::long_run)
    sizes.push_back(10 * million);
  for (const auto events : sizes)
    for (const std::size_t skus : {1'000, 100'000}) {
      measure_start(with, events, skus, into);
      if (events >= million)
        into.judge("start, " + journal_of(events, skus), report::bound::at_most,
                   events == million ? 2 : 10);
    }
}

void measure_memory(const options& with, report& into) {
  const scratch_dir dir{with.scratch};
  fill_journal(dir.path(), million, million);
  {
    node_server node{with.node, dir.path()};
    into.measure("memory, 1M SKUs after a crash", "MiB", resident_mib(node));
    node.child().stop(SIGKILL);
  }
  checkpoint_all(*open_journal(dir.path()));
  node_server node{with.node, dir.path()};
  into.measure("start, 1M SKUs with snapshots", "s",
               node.time_to_ready().count());
  into.measure("memory, 1M SKUs with snapshots", "MiB", resident_mib(node));
  const auto took_ms = touch(node);
  into.measure("memory, 1,000 of 1M SKUs read", "MiB", resident_mib(node));
  into.measure("first read of a SKU, p50", "ms", percentile_of(took_ms, 0.50));
  into.measure("first read of a SKU, p99", "ms", percentile_of(took_ms, 0.99));
  node.stop();
  for (const auto* figure :
       {"memory, 1M SKUs after a crash", "memory, 1,000 of 1M SKUs read"})
    into.judge(figure, report::bound::at_most, 1'024);
}

} // namespace holdfast::bench
