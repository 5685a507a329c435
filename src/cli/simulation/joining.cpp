// How nodes of a simulation come to be members of a cluster.
#include "holdfast/member_start.hpp"
#include "src/cli/simulation/enactment.hpp"
#include "src/cli/simulation/narrator.hpp"
#include "src/storage/roster_file.hpp"

namespace holdfast::simulation {

/// What the directory remembers, for the next start. `with` gets the stores
/// that the node was given while it ran.
stage_membership enactment::join(machine& on, settings& with) {
  const auto fresh = dice_.next();
  const auto start = next_start(with, storage::read_roster(*on.disk, data_dir),
                                fresh, dice_.next());
  with.stores = start.stores;
  stage_membership made{&network_, on.number, {}};
  auto& config = made.config;
  config.self = introduce(with, start);
  config.memory = start.memory;
  config.remote_pending_max = plan_.sent_max;
  config.gateway_pending_max = plan_.taken_max;
  on.remembers = start.memory.known;
  config.save = [this, &on](const roster_memory& memory) {
    try {
      storage::write_roster(*on.disk, data_dir, memory);
    } catch (const journal_error& error) {
      if (error.is() != journal_error::kind::full)
        throw;
      return false;
    }
    on.remembers = memory.known;
    return true;
  };
  config.on_note = [this, &on](const member_note& note) {
    say(on, tell(note));
  };
  if (with_.member)
    with_.member(config);
  return made;
}

} // namespace holdfast::simulation
