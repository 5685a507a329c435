#include "actors/sync_wiring.hpp"

#include <utility>

#include <caf/send.hpp>

namespace holdfast {

sync_actors spawn_sync(caf::actor_system& system, sync_parts parts) {
  sync_actors made;
  made.own = parts.detach ? system.spawn<caf::detached>(ledger_reader,
                                                        std::move(parts.own))
                          : system.spawn(ledger_reader, std::move(parts.own));
  auto& config = parts.config;
  config.with = rounds_of(parts.with);
  config.ledgers = {{{parts.with.node_name, parts.with.stores}, made.own}};
  made.rounds = parts.detach ? system.spawn<caf::detached>(synchronizer,
                                                           std::move(config))
                             : system.spawn(synchronizer, std::move(config));
  return made;
}

void sync_actors::finish() {
  caf::anon_send_exit(rounds, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(own, caf::exit_reason::user_shutdown);
}

} // namespace holdfast
