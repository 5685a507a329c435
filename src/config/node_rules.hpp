// Rules about several options of a node together.
#pragma once

#include "holdfast/settings.hpp"
#include "src/config/resolve.hpp"

namespace holdfast::config {

/// Throws config_error for a node that would let in or join whom nobody knows,
/// has one half of a certificate and its key, joins others that cannot call it
/// where it listens, shares its directory as a member of a cluster, or is to
/// read a file that cannot be read.
void check_node(const settings& node, const sources& from);

/// Fills in what `join` means by a port of 0, and by no word of a node port:
/// any that is free. Throws config_error if it is not said whom to join, or
/// which stores to bring along.
void complete_join(settings& node, const sources& from);

} // namespace holdfast::config
