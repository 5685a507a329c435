#include "tests/benchmarks/sync_time.hpp"

#include <chrono>
#include <stdexcept>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "tests/benchmarks/report.hpp"

namespace holdfast::bench {

namespace {

constexpr int syncs = 300;

} // namespace

double sync_ms(const std::string& directory) {
  using clock = std::chrono::steady_clock;
  const auto path = directory + "/syncs";
  const auto file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  const std::string page(4'096, 'x');
  std::vector<double> took_ms;
  for (int i = 0; i < syncs; ++i) {
    const auto start = clock::now();
    const auto written = ::write(file, page.data(), page.size());
    if (written < 0 || ::fdatasync(file) != 0)
      throw std::runtime_error("cannot sync " + path);
    const std::chrono::duration<double, std::milli> took = clock::now() - start;
    took_ms.push_back(took.count());
  }
  ::close(file);
  return median_of(std::move(took_ms));
}

} // namespace holdfast::bench
