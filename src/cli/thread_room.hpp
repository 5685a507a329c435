// Whether this process may have the threads of a node.
#pragma once

#include "holdfast/settings.hpp"

namespace holdfast::cli {

/// Throws `std::runtime_error` if the system has no room for the threads of a
/// node. To be asked before actors begin: those that cannot get theirs neither
/// run nor end.
void check_thread_room(const settings& with);

} // namespace holdfast::cli
