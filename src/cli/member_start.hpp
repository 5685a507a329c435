// Who a node is among others when it starts, from what its directory remembers.
#pragma once

#include "holdfast/member_start.hpp"

namespace holdfast::cli {

/// Reads the directory, and tries the certificates. Throws what `next_start`
/// throws, and `config_error` for certificates that cannot be used.
member_start prepare_member(const settings& with);

} // namespace holdfast::cli
