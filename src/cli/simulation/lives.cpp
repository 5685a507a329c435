// How nodes of a simulation begin and end.
#include <algorithm>

#include "src/cli/simulation/enactment.hpp"
#include "src/storage/sqlite_journal.hpp"
#include "src/storage/sqlite_ledger.hpp"

namespace holdfast::simulation {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
/// Starts that fail one after another, at most; more is no accident.
constexpr int starts_max = 20;

/// Fails while it is told to.
class blind_ledger final : public ledger {
public:
  blind_ledger(std::unique_ptr<ledger> of, std::shared_ptr<std::uint64_t> left)
      : of_(std::move(of)), left_(std::move(left)) {
    // nop
  }

  ledger_page read(const ledger_position& from, std::size_t limit) override {
    if (*left_ > 0) {
      --*left_;
      throw journal_error(journal_error::kind::failed, "the ledger is blind");
    }
    return of_->read(from, limit);
  }

private:
  std::unique_ptr<ledger> of_;
  std::shared_ptr<std::uint64_t> left_;
};

/// What a start of the program comes to: its clock may have been set.
std::int64_t jump_ms(dice& chance) {
  const auto die = chance.below(100);
  if (die < 50)
    return chance.between(0, 4'000);
  if (die < 70)
    return -chance.between(0, 60'000);
  if (die < 75)
    return chance.between(-hour_ms, hour_ms);
  return die < 78 ? 24 * chance.between(-hour_ms, hour_ms) : 0;
}

} // namespace

bool enactment::try_to_start() {
  disk_->turn_on();
  const auto& weight = plan_.weight;
  const auto may_die = weight[static_cast<std::size_t>(deed::crash_soon)] > 0;
  if (may_die && dice_.chance(20))
    plan_mishap(dice_.chance(50) ? storage::mishap::power_cut
                                 : storage::mishap::process_end,
                60);
  storage::journal_options options;
  options.data_dir = data_dir;
  options.node_name = plan_.with.node_name;
  options.key_ttl_ms = plan_.with.idemp_ttl_ms;
  options.tail_rows_min = plan_.tail_rows_min;
  options.wal_pages_max = plan_.wal_pages_max;
  options.on = disk_;
  stage_parts parts;
  parts.with = plan_.with;
  parts.idle_after = plan_.idle_after;
  parts.wall_ms = wall_ms_;
  parts.journal = storage::open_sqlite_journal(options);
  parts.own = std::make_unique<blind_ledger>(
      storage::open_sqlite_ledger(data_dir, disk_), blind_reads_);
  if (disk_->is_off())
    return false;
  if (with_.journal)
    parts.journal = with_.journal(std::move(parts.journal));
  if (with_.own)
    parts.own = with_.own(std::move(parts.own));
  node_ = std::make_unique<stage>(std::move(parts));
  return true;
}

void enactment::start() {
  for (int i = 0; i < starts_max; ++i) {
    try {
      if (try_to_start())
        break;
    } catch (const journal_error& error) {
      say(std::string{"does not start: "} + error.what());
      if (error.is() == journal_error::kind::corrupt)
        return complain(1,
                        std::string{"the journal is refused: "} + error.what());
    }
  }
  if (!node_)
    return complain(0, "a node does not start on a healthy disk");
  ++verdict_.starts;
  wall_ms_ = node_->time->ms;
  node_->on_answer = [this](const operation_ptr& op) {
    on_answer(op);
  };
}

void enactment::cut_power() {
  say("power cut");
  disk_->cut_power(dice_.next());
  end_of_node();
}

/// In order where it can be; a process that ends takes its operations along.
void enactment::restart() {
  if (node_->fatal.empty() && dice_.chance(70)) {
    say("stops in order");
    flush();
    node_->run();
    node_->actors.finish();
    node_->run();
  }
  end_of_node();
}

/// Takes the node from the stage. What it might still say is said to nobody.
void enactment::bury() {
  if (!node_)
    return;
  disk_->end_process();
  node_->on_answer = nullptr;
  for (const auto& each : node_->drifts)
    complain(7, "drift at " + each.store + '/' + each.sku + ", event "
                    + std::to_string(each.seq) + ": " + each.what);
  node_.reset();
}

void enactment::end_of_node() {
  for (auto& [ticket, each] : flights_)
    give_up(each);
  flights_.clear();
  outbox_.clear();
  killed_.clear();
  end_rounds();
  bury();
  // What the clock is set to cannot be told from time that passed.
  const auto jump = jump_ms(dice_);
  wall_ms_ += jump;
  elapsed_ms_ += std::max<std::int64_t>(jump, 0);
  say("starts");
  start();
}

} // namespace holdfast::simulation
