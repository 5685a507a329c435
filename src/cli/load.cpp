#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "src/cli/check_report.hpp"
#include "src/cli/commands.hpp"
#include "src/cli/early_end.hpp"
#include "src/cli/load/curve.hpp"
#include "src/cli/load/load_run.hpp"
#include "src/cli/load/scratch_dir.hpp"
#include "src/cli/load/sqlite_alone.hpp"
#include "src/cli/output_file.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/data_dir_lock.hpp"

namespace holdfast::cli {

namespace {

/// The first line of a file: who reads the list of processes must not see it.
std::string read_secret(const std::string& path) {
  std::string secret;
  std::ifstream from{path};
  if (!path.empty() && !std::getline(from, secret))
    throw config::config_error{"cannot read " + path};
  // Of a file whose lines end as other systems have it.
  if (secret.ends_with('\r'))
    secret.pop_back();
  return secret;
}

target_ptr make_target(const config::load_order& order) {
  if (order.in_process)
    return make_in_process_target(order.data_dir);
  if (!order.join.empty())
    return make_join_target(order);
  return make_http_target(order.http, read_secret(order.key_file));
}

/// What is read must still be there, and each result have a file of its own.
void check_files(const config::load_order& order) {
  check_apart({{"FILE", order.file},
               {"--key-file", order.key_file},
               {"--node-tls-cert", order.node_tls_cert},
               {"--node-tls-key", order.node_tls_key},
               {"--node-tls-ca", order.node_tls_ca}},
              {{"--json", order.json},
               {"--report", order.report},
               {"--history", order.history}});
}

/// Opened first: nobody wants to hear after the load that it was in vain.
struct output_files {
  explicit output_files(const config::load_order& order)
      : json("--json", order.json), report("--report", order.report),
        history("--history", order.history) {
    // nop
  }

  output_file json;
  output_file report;
  output_file history;
};

/// False if it cannot be written; the others may be.
bool finish(output_file& file, const std::string& path,
            const std::string& text) {
  if (path.empty() || (file << text).flush())
    return true;
  std::cerr << "holdfast: cannot write " + path + '\n';
  return false;
}

/// Where the journal of a load would be.
double measure_baseline(std::uint32_t seconds) {
  constexpr std::uint64_t rows_each = 200'000;
  const scratch_dir dir{std::filesystem::temp_directory_path()};
  return sqlite_rows_per_second(dir.path(), seconds * rows_each);
}

void print_verdict(const load_verdict& of) {
  if (of.watched_skus < of.skus)
    std::cout << "checked: everything about " << grouped(of.watched_skus)
              << " of " << grouped(of.skus)
              << " SKUs, the sums of all (see --record-max)\n";
  write_check_report(std::cout,
                     {of.calls, of.watched_events, of.watched_skus, of.missing},
                     of.found);
}

int run(const config::load_order& order, const std::atomic<bool>& end) {
  std::random_device fresh;
  const auto seed =
      order.seed != 0 ? static_cast<std::uint64_t>(order.seed) : fresh();
  check_files(order);
  output_files files{order};
  cost_curve curve;
  if (order.curve)
    curve = measure_curve(order, seed, std::cout, end);
  std::optional<double> baseline;
  if (order.baseline && !end)
    baseline = measure_baseline(order.seconds);
  auto on = make_target(order);
  auto* history = files.history.is_open() ? &files.history : nullptr;
  auto figures = load_run{order, *on, seed, std::cout, history, &end}.run();
  figures.baseline = baseline;
  figures.complaints.insert(figures.complaints.end(), curve.complaints.begin(),
                            curve.complaints.end());
  std::cout << summary(figures);
  if (!curve.points.empty())
    std::cout << curve_table(curve.points);
  if (figures.verdict)
    print_verdict(*figures.verdict);
  // A file may be what that goes to.
  std::cout << std::flush;
  auto is_written =
      finish(files.json, order.json, to_json(figures, curve.points));
  is_written &=
      finish(files.report, order.report, to_page(figures, curve.points));
  is_written &= finish(files.history, order.history, {});
  return figures.ok() && is_written ? exit_ok : exit_failure;
}

} // namespace

int load(const config::load_order& order) {
  early_end end;
  try {
    return run(order, end.is_wanted());
  } catch (const storage::data_dir_busy& taken) {
    throw config::config_error{taken.what()};
  }
}

} // namespace holdfast::cli
