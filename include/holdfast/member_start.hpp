// Who a node is among others when it starts.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "holdfast/member_order.hpp"
#include "holdfast/settings.hpp"

namespace holdfast {

/// What a directory remembers of its cluster, and what it is to have now.
struct member_start {
  roster_memory memory;
  /// Of the configuration, `roster_memory::created`, and those it was granted:
  /// their history is in its journal, so it never gives one away.
  std::vector<std::string> stores;
  /// Of the configuration, left out because others own them, with these.
  std::vector<std::pair<std::string, std::string>> foreign;
};

/// What the directory remembers, and what the node is to be, do not fit.
class unfit_start : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The next start of a node whose directory remembers `known`, as the process
/// with the random number `run`; a directory that never was that of a member
/// gets the random number `fresh`. Throws `unfit_start` if all that it would
/// have belongs to other nodes, if that is more than `stores_max`, if the name
/// is another one, if other nodes told an earlier start that it is over with
/// this directory, or if the directory was granted stores among others
/// and `with` is no member.
member_start next_start(const settings& with,
                        std::optional<roster_memory> known, std::uint64_t fresh,
                        std::uint64_t run);

/// How it introduces itself.
greeting introduce(const settings& with, const member_start& start);

} // namespace holdfast
