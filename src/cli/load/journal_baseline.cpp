#include "src/cli/load/journal_baseline.hpp"

#include <chrono>
#include <filesystem>

#include "src/cli/load/adjust_rows.hpp"
#include "src/cli/load/scratch_dir.hpp"

namespace holdfast::cli {

double measure_journal(std::uint32_t skus, std::uint32_t seconds) {
  using clock = std::chrono::steady_clock;
  const scratch_dir dir{std::filesystem::temp_directory_path()};
  const auto log = open_journal(dir.path());
  adjust_rows rows{skus};
  writing how;
  how.rows = 64 * 1'024;
  std::uint64_t written = 0;
  const auto start = clock::now();
  auto took = clock::now() - start;
  for (; took < std::chrono::seconds{seconds}; took = clock::now() - start) {
    how.from_ms = steady_time{}.now_ms();
    how.to_ms = how.from_ms;
    write_rows(*log, rows, how);
    written += how.rows;
  }
  return static_cast<double>(written)
         / std::chrono::duration<double>{took}.count();
}

} // namespace holdfast::cli
