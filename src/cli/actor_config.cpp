#include "src/cli/actor_config.hpp"

#include "actors/node_network.hpp"

namespace holdfast::cli {

namespace {

/// Messages an actor handles before it gives its thread to the next.
constexpr std::size_t max_throughput = 200;

} // namespace

actor_config::actor_config(const settings& with) {
  // `direct` leaves to the scheduler only what no request brings along.
  const auto policy =
      with.actor_policy == "direct" ? "sharing" : with.actor_policy;
  set("scheduler.policy", caf::atom_from_string(policy));
  set("scheduler.max-threads", static_cast<std::size_t>(with.actor_threads));
  set("scheduler.max-throughput", max_throughput);
  add_message_types<caf::id_block::holdfast>();
  add_message_types<caf::id_block::holdfast_doors>();
  if (with.is_member())
    load_network(*this, with);
}

} // namespace holdfast::cli
