// The way to actors of this process.
#pragma once

#include <caf/actor_system.hpp>

#include "actors/interfaces.hpp"
#include "src/cli/load/transport.hpp"

namespace holdfast::cli {

/// Sends to `entry` as the bridge of an IO thread does: hands over batches,
/// takes answers home and reports what became of them. Who is told that a store
/// cannot be reached is told so after a pause; after 30 s of nothing else
/// `receive` throws `load_failure`.
transport_ptr make_actor_transport(caf::actor_system& system,
                                   chain_actor entry);

} // namespace holdfast::cli
