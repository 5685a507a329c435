// A node, its clients and its bad luck, all of it decided by one seed.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/checker/checker.hpp"
#include "tests/simulation/plan.hpp"
#include "tests/simulation/traffic.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

using namespace checker;

/// What a simulation comes to.
struct verdict {
  /// Empty if all is well.
  std::string complaints;
  /// Everything that happened, one line each.
  std::string trace;
  std::size_t calls = 0;
  std::size_t events = 0;
  /// Rounds of the central view that somebody asked for and were complete.
  std::size_t rounds = 0;
};

/// Runs once. The real actors in one thread; this is their clients, their
/// bridge, their clock, their scheduler and their disk.
class simulation {
public:
  explicit simulation(std::uint64_t seed);
  verdict run();

private:
  struct client {
    std::size_t waits_for = 0;
    /// To be asked again with its key.
    std::optional<command> again;
  };
  struct flight {
    operation_ptr op;
    std::uint32_t client = 0;
    /// Its SKU actor was killed: it may stay without an answer.
    bool may_be_lost = false;
  };

  // -- simulation.cpp: clients and bridge
  void step();
  void act(std::uint32_t who);
  std::size_t submit(std::uint32_t who, const command& ask);
  void flush();
  void on_answer(const operation_ptr& op);
  void give_up(flight& lost);
  void give_up_overdue();
  void report_end(operation& op, error_code code);

  // -- bad_luck.cpp: time, disk, crashes
  void start();
  void strike(std::uint64_t die);
  void run_one();
  void wait(std::int64_t ms);
  void stall_one();
  void kill_one();
  void break_disk(journal_error::kind kind);
  void power_cut();
  void restart();
  void end_of_node();

  // -- rounds.cpp: the central view
  void ask_round();
  void on_round(std::uint64_t caller, const round_answer& said);
  void check_fresh(const std::map<central_fold::sku_name, std::uint64_t>& seen);
  void end_rounds();
  void judge_view();
  std::vector<central_entry> shown() const;

  // -- last_judgement.cpp: the end
  void come_to_rest();
  void check_all_answered();
  void check_unknown_sku();
  void settle_unknown();
  void retire_all();
  void read_all(std::vector<final_record>& finals);
  std::optional<outcome> settle(const command& ask);
  std::vector<event> journal() const;

  void say(const std::string& line);
  void complain(const std::string& line);
  std::int64_t tick() noexcept {
    return elapsed_ms_ * 1'000'000 + ++ticks_;
  }

  dice dice_;
  plan plan_;
  traffic traffic_;
  std::shared_ptr<storage::memory_disk> disk_;
  std::unique_ptr<world> node_;
  std::vector<client> clients_;
  history calls_;
  /// By index into `calls_`, which is also the ticket.
  std::map<std::size_t, flight> flights_;
  operations outbox_;
  /// Highest version that a caller was told, by store and SKU.
  std::map<central_fold::sku_name, std::uint64_t> told_versions_;
  /// Who waits for a round, and what was told before they asked.
  std::map<std::uint64_t, std::map<central_fold::sku_name, std::uint64_t>>
      round_callers_;
  std::uint64_t last_round_caller_ = 0;
  /// Nodes that ended.
  std::uint64_t lives_ = 0;
  std::uint64_t complete_rounds_ = 0;
  /// Stores and SKUs whose actors were killed and may not have been missed.
  std::set<std::pair<std::string, std::string>> killed_;
  /// An actor that is not run, by its id, and for how many steps yet.
  caf::actor_id stalled_ = 0;
  std::int64_t stalled_for_ = 0;
  std::int64_t now_ms_ = 0;
  std::int64_t elapsed_ms_ = 0;
  std::int64_t ticks_ = 0;
  verdict verdict_;
};

} // namespace holdfast::test
