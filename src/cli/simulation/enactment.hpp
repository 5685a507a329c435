// Plays a story: nodes, their clients and their bad luck.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/cli/simulation/flight.hpp"
#include "src/cli/simulation/machine.hpp"
#include "src/cli/simulation/network.hpp"
#include "src/cli/simulation/story.hpp"
#include "src/cli/simulation/tampering.hpp"
#include "src/cli/simulation/traffic.hpp"
#include "src/cli/simulation/verdict.hpp"

namespace holdfast::simulation {

/// Where journals lie on the simulated disk.
inline constexpr auto data_dir = "/data";

/// Plays once. The real actors in one thread; this is their clients, their
/// bridge, their clock, their scheduler, their disks and their network.
class enactment {
public:
  enactment(const story& plot, const tampering& with);
  verdict run();

private:
  using sku_versions = std::map<central_fold::sku_name, std::uint64_t>;

  // -- enactment.cpp: steps
  void come_to_an_end();
  void play(const step& next);
  void carry_out(const step& next);
  void run_some(std::uint32_t runs);

  // -- clients.cpp: clients and bridge
  void act(std::uint32_t number);
  std::size_t submit(machine& at, std::uint32_t who, const command& ask);
  std::size_t send(machine& at, flight made, const command& ask,
                   const std::string& words);
  void flush();
  void on_answer(machine& at, const operation_ptr& op);
  void give_up(flight& lost);
  void give_up_overdue();
  void report_end(machine& at, operation& op, error_code code);

  // -- turns.cpp: time and schedule
  bool run_one();
  void run(machine& on, std::size_t job);
  void run_dry();
  void wait(std::int64_t ms);
  void pass(std::int64_t ms);
  void pass_unnoticed(std::int64_t ms);
  void notice_delays();

  // -- bad_luck.cpp: actors and disks
  void stall_one();
  void kill_one();
  void plan_mishap(machine& on, storage::mishap what, std::int64_t within);

  // -- letters.cpp: commands that throw, and what becomes of them
  void plant_flaw();
  void run_next(machine& on);
  void touch_letter(errand what);
  std::size_t ask_about(machine& at, errand what, std::uint64_t letter = 0);
  void learn(machine& at, const flight& asked, const operation& op);
  void judge_letters(const machine& of, const std::vector<event>& events);

  // -- links.cpp: the network, and the cluster that needs it
  void cut_links(bool is_half);
  void disturb_link(deed what);
  void freeze_one();
  void wish_for_store();
  void wish(machine& via, const std::string& node, const std::string& store);
  void heal_links();
  std::string what_is_apart() const;
  void come_together();
  void check_owners();
  /// Null if no node has it.
  const machine* owner_of(const std::string& store) const;
  /// That, or the first one, which nothing tells from others then.
  std::size_t home_of(const std::string& store) const;

  // -- retirement.cpp: nodes that are gone for good
  void retire_one();
  void lose_for_good(machine& on);
  void retire_lost();
  bool is_retired(const machine& lost) const;
  std::int64_t freed_ns(const std::string& store) const;
  checker::history calls_of(const machine& of) const;

  // -- lives.cpp: nodes that begin and end
  void start(machine& on);
  bool try_to_start(machine& on);
  void cut_power(machine& on);
  void restart(machine& on);
  void bury(machine& on);
  void stop(machine& on);
  void end_of_node(machine& on);
  stage_membership join(machine& on, settings& with);

  // -- rounds.cpp: the central view
  void ask_round(machine& at);
  void on_round(machine& at, std::uint64_t caller, const round_answer& said);
  void check_fresh(const machine& at, const sku_versions& seen);
  void end_rounds(machine& at);
  void judge_views();
  std::vector<checker::central_entry> shown(const machine& by) const;

  // -- settlement.cpp: what is open in the end
  void settle_unknown();
  void settle_letters();
  std::optional<outcome> settle(machine& at, const command& ask);
  std::optional<outcome> settle(const std::function<std::size_t()>& ask);

  // -- last_judgement.cpp: the end
  void come_to_rest();
  void check_all_answered();
  void check_unknown_sku();
  void retire_all();
  void read_all(std::vector<checker::final_record>& finals);
  void check_permits();
  void judge(const std::vector<checker::final_record>& finals);
  void judge(const machine& of,
             const std::vector<checker::final_record>& finals);
  std::vector<event> journal_of(const machine& of) const;
  std::vector<event> journals() const;

  /// Those that are not gone for good.
  auto living() {
    return std::views::filter(machines_, &machine::is_expected);
  }
  auto living() const {
    return std::views::filter(machines_, &machine::is_expected);
  }
  /// One of them, by chance.
  machine& any();
  bool is_cluster() const noexcept {
    return machines_.size() > 1;
  }
  /// No node failed to start.
  bool goes_on() const;
  void say(const machine& of, const std::string& line);
  void say(const std::string& line);
  void complain(int item, const std::string& line);
  void complain(const std::vector<checker::violation>& found);
  std::int64_t tick() noexcept {
    return elapsed_ms_ * 1'000'000 + ++ticks_;
  }

  const story& plot_;
  const plan& plan_;
  const tampering& with_;
  /// Anew for each step.
  dice dice_;
  traffic traffic_;
  network network_;
  std::vector<machine> machines_;
  std::vector<client> clients_;
  checker::history calls_;
  /// By index into `calls_`, which is also the ticket.
  std::map<std::size_t, flight> flights_;
  /// Highest version that a caller was told, by store and SKU.
  sku_versions told_versions_;
  /// Who waits for a round, where, and what was told before they asked.
  struct waiting {
    std::size_t at = 0;
    sku_versions told;
  };
  std::map<std::uint64_t, waiting> round_callers_;
  std::uint64_t last_round_caller_ = 0;
  std::int64_t elapsed_ms_ = 0;
  /// That of a node, when it started again: from now on time passes otherwise
  /// for callers than for some node.
  bool clock_was_set_ = false;
  std::int64_t ticks_ = 0;
  verdict verdict_;
};

/// Plays `plot` to its end.
verdict play(const story& plot, const tampering& with = {});

} // namespace holdfast::simulation
