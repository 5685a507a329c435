// Threads, messages and network of the actors of a node, and of whoever drives
// actors like a node.
#pragma once

#include <caf/actor_system_config.hpp>

#include "holdfast/settings.hpp"

namespace holdfast::cli {

/// Without a network for who is no member of a cluster and joins none.
class actor_config : public caf::actor_system_config {
public:
  explicit actor_config(const settings& with);
};

} // namespace holdfast::cli
