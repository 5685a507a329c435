// Plays a story: a node, its clients and its bad luck.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/cli/simulation/stage.hpp"
#include "src/cli/simulation/story.hpp"
#include "src/cli/simulation/traffic.hpp"
#include "src/cli/simulation/verdict.hpp"
#include "src/storage/simulated_disk.hpp"

namespace holdfast::simulation {

/// Where journals lie on the simulated disk.
inline constexpr auto data_dir = "/data";

/// Bugs to be found, below the actors.
struct tampering {
  /// Stands between the actors and the journal.
  std::function<journal_ptr(journal_ptr)> journal;
  std::function<std::unique_ptr<ledger>(std::unique_ptr<ledger>)> own;
  /// Called with the disk before anything lies on it.
  std::function<void(storage::simulated_disk&)> disk;
};

/// Plays once. The real actors in one thread; this is their clients, their
/// bridge, their clock, their scheduler and their disk.
class enactment {
public:
  enactment(const story& plot, const tampering& with);
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
  using sku_versions = std::map<central_fold::sku_name, std::uint64_t>;

  // -- enactment.cpp: steps
  void come_to_an_end();
  void play(const step& next);
  void carry_out(const step& next);
  void run_some(std::uint32_t runs);

  // -- clients.cpp: clients and bridge
  void act(std::uint32_t number);
  std::size_t submit(std::uint32_t who, const command& ask);
  void flush();
  void on_answer(const operation_ptr& op);
  void give_up(flight& lost);
  void give_up_overdue();
  void report_end(operation& op, error_code code);

  // -- bad_luck.cpp: time, schedule, disk
  void run_one();
  void wait(std::int64_t ms);
  void stall_one();
  void kill_one();
  void plan_mishap(storage::mishap what, std::int64_t within);

  // -- lives.cpp: nodes that begin and end
  void start();
  bool try_to_start();
  void cut_power();
  void restart();
  void bury();
  void end_of_node();

  // -- rounds.cpp: the central view
  void ask_round();
  void on_round(std::uint64_t caller, const round_answer& said);
  void check_fresh(const sku_versions& seen);
  void end_rounds();
  void judge_view();
  std::vector<checker::central_entry> shown() const;

  // -- last_judgement.cpp: the end
  void come_to_rest();
  void check_all_answered();
  void check_unknown_sku();
  void settle_unknown();
  void retire_all();
  void read_all(std::vector<checker::final_record>& finals);
  std::optional<outcome> settle(const command& ask);
  void judge(const std::vector<checker::final_record>& finals);
  std::vector<event> journal() const;

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
  std::shared_ptr<storage::simulated_disk> disk_;
  /// Of this life; none once the journal cannot be opened any more.
  std::unique_ptr<stage> node_;
  std::vector<client> clients_;
  checker::history calls_;
  /// By index into `calls_`, which is also the ticket.
  std::map<std::size_t, flight> flights_;
  operations outbox_;
  /// Highest version that a caller was told, by store and SKU.
  sku_versions told_versions_;
  /// Who waits for a round, and what was told before they asked.
  std::map<std::uint64_t, sku_versions> round_callers_;
  std::uint64_t last_round_caller_ = 0;
  /// Nodes that ended.
  std::uint64_t lives_ = 0;
  /// Pages of the ledger that cannot be read yet.
  std::shared_ptr<std::uint64_t> blind_reads_ =
      std::make_shared<std::uint64_t>(0);
  /// Stores and SKUs whose actors were killed and may not have been missed.
  std::set<std::pair<std::string, std::string>> killed_;
  /// An actor that is not run, by its id, and for how many turns yet.
  caf::actor_id stalled_ = 0;
  std::int64_t stalled_for_ = 0;
  /// A sync took its time: what fell due is to be noticed.
  bool is_late_ = false;
  std::int64_t wall_ms_ = manual_time{}.ms;
  std::int64_t elapsed_ms_ = 0;
  std::int64_t ticks_ = 0;
  verdict verdict_;
};

/// Plays `plot` to its end.
verdict play(const story& plot, const tampering& with = {});

} // namespace holdfast::simulation
