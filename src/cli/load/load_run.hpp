// One run of load, from the first preparation to the verdict.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <thread>
#include <vector>

#include "src/cli/load/client_group.hpp"
#include "src/cli/load/figures.hpp"
#include "src/cli/load/target.hpp"
#include "src/cli/load/view_record.hpp"

namespace holdfast::cli {

class load_run {
public:
  /// Tells `progress` what goes on, a line a second, and `history`, unless it
  /// is null, what clients were told. Clients end early once `end` is true,
  /// unless that is null.
  load_run(const config::load_order& order, target& of, std::uint64_t seed,
           std::ostream& progress, std::ostream* history = nullptr,
           const std::atomic<bool>* end = nullptr);

  /// Throws `load_failure` if the target cannot be driven. If that happens
  /// later, the figures say so, and the history has what was told by then.
  load_figures run();

private:
  void prepare();
  void drive();
  void begin_measuring();
  void watch_from(transport::clock::time_point begin);
  void take_batches();
  void add_late();
  void conclude();
  void give_up(const std::string& why);
  void settle();
  void read_all();
  std::optional<view_record> read_view();
  load_evidence gather();
  void judge();
  void in_parallel(const std::function<void(std::size_t)>& work);
  std::vector<std::vector<draft>> shares(std::vector<draft> all) const;
  load_counts counts() const;
  void limit_record();
  void heed_end();

  const config::load_order order_;
  target& target_;
  std::ostream& progress_;
  std::ostream* history_;
  const std::atomic<bool>* end_;
  scenario_ptr scenario_;
  std::unique_ptr<name_book> names_;
  watch watch_;
  transport::clock::time_point narrowed_at_;
  std::vector<std::unique_ptr<client_group>> groups_;
  std::atomic<bool> stop_{false};
  std::atomic<std::size_t> running_{0};
  transport::clock::time_point started_;
  /// When the last thread was done.
  std::atomic<transport::clock::time_point> ended_{};
  /// What there was when it started.
  load_counts measured_from_;
  std::optional<batch_counts> batches_from_;
  load_figures figures_;
};

} // namespace holdfast::cli
