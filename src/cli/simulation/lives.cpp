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

bool enactment::try_to_start(machine& on) {
  on.disk->turn_on();
  const auto& weight = plan_.weight;
  const auto may_die = weight[static_cast<std::size_t>(deed::crash_soon)] > 0;
  if (may_die && dice_.chance(20))
    plan_mishap(on,
                dice_.chance(50) ? storage::mishap::power_cut
                                 : storage::mishap::process_end,
                60);
  storage::journal_options options;
  options.data_dir = data_dir;
  options.node_name = on.with.node_name;
  options.key_ttl_ms = on.with.idemp_ttl_ms;
  options.tail_rows_min = plan_.tail_rows_min;
  options.wal_pages_max = plan_.wal_pages_max;
  options.on = on.disk;
  stage_parts parts;
  parts.with = on.with;
  parts.idle_after = plan_.idle_after;
  parts.adjust = [this](chain_parts& of) {
    of.api_queue_max = of.disk_queue_max = plan_.queue_max;
  };
  parts.journal = storage::open_sqlite_journal(options);
  parts.own = std::make_unique<blind_ledger>(
      storage::open_sqlite_ledger(data_dir, on.disk), on.blind_reads);
  if (is_cluster())
    parts.join = join(on, parts.with);
  if (on.disk->is_off())
    return false;
  if (with_.journal)
    parts.journal = with_.journal(std::move(parts.journal));
  if (with_.own)
    parts.own = with_.own(std::move(parts.own));
  // A slow disk took its time until here, and that passed for the clock, too.
  parts.wall_ms = on.wall_ms;
  on.node = std::make_unique<stage>(std::move(parts));
  return true;
}

void enactment::start(machine& on) {
  for (int i = 0; i < starts_max; ++i) {
    try {
      if (try_to_start(on))
        break;
    } catch (const journal_error& error) {
      say(on, std::string{"does not start: "} + error.what());
      if (error.is() == journal_error::kind::corrupt)
        return complain(1,
                        std::string{"the journal is refused: "} + error.what());
    } catch (const std::runtime_error& error) {
      return complain(0,
                      on.with.node_name + " is not started: " + error.what());
    }
  }
  if (!on.node)
    return complain(0, "a node does not start on a healthy disk");
  ++verdict_.starts;
  on.wall_ms = on.node->time->ms;
  on.node->on_answer = [this, &on](const operation_ptr& op) {
    on_answer(on, op);
  };
}

void enactment::cut_power(machine& on) {
  say(on, "power cut");
  on.disk->cut_power(dice_.next());
  end_of_node(on);
}

/// In order where it can be; a process that ends takes its operations along.
void enactment::restart(machine& on) {
  if (on.node->fatal.empty() && !on.is_frozen() && dice_.chance(70)) {
    say(on, "stops in order");
    flush();
    on.node->run();
    on.node->leave();
    on.node->actors.finish();
    on.node->run();
  }
  end_of_node(on);
}

/// Takes the node from the stage. What it might still say is said to nobody.
void enactment::bury(machine& on) {
  if (!on.node)
    return;
  on.disk->end_process();
  on.node->on_answer = nullptr;
  if (on.node->seat) {
    const auto cuts = on.disk->power_cuts();
    network_.end_process(*on.node->seat,
                         std::exchange(on.power_cuts, cuts) != cuts, dice_);
    network_.freeze(on.number, false);
    on.frozen_ms = on.missed_ms = 0;
  }
  for (const auto& each : on.node->drifts)
    complain(7, "drift at " + each.store + '/' + each.sku + ", event "
                    + std::to_string(each.seq) + ": " + each.what);
  on.node.reset();
}

/// Whoever waits for it, or at it, waits in vain.
void enactment::stop(machine& on) {
  for (auto each = flights_.begin(); each != flights_.end();) {
    if (each->second.at != on.number) {
      ++each;
      continue;
    }
    give_up(each->second);
    each = flights_.erase(each);
  }
  on.outbox.clear();
  on.killed.clear();
  end_rounds(on);
  bury(on);
}

void enactment::end_of_node(machine& on) {
  stop(on);
  // A clock that was set forth cannot be told from time that passed while the
  // node was down: it passes for callers, too, and one clock is as good as the
  // other. Not so in a cluster: what passes here does not pass for the clocks
  // of the other nodes, which fall behind that of the callers. Nor where the
  // clock was set back: for callers no time is taken back.
  const auto jump = jump_ms(dice_);
  clock_was_set_ = clock_was_set_ || (is_cluster() ? jump != 0 : jump < 0);
  on.wall_ms += jump;
  elapsed_ms_ += std::max<std::int64_t>(jump, 0);
  say(on, "starts");
  start(on);
}

} // namespace holdfast::simulation
