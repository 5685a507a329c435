// Who a node is among others when it starts.
#pragma once

#include <string>
#include <vector>

#include "holdfast/member_order.hpp"
#include "holdfast/settings.hpp"

namespace holdfast::cli {

/// What a directory remembers of its cluster, and what it is to have now.
struct member_start {
  roster_memory memory;
  /// Of the configuration, and those it was given while it ran.
  std::vector<std::string> stores;
};

/// Reads the directory, and tries the certificates. Throws `std::runtime_error`
/// if a store of the configuration belongs to another node, or if the name is
/// another one, and `config_error` for certificates that cannot be used.
member_start prepare_member(const settings& with);

/// How it introduces itself.
greeting introduce(const settings& with, const member_start& start);

} // namespace holdfast::cli
