// A central view of a load's own: the same actors as those of a node.
#pragma once

#include <memory>
#include <vector>

#include <caf/actor_system.hpp>

#include "actors/synchronizer.hpp"
#include "src/cli/load/target.hpp"

namespace holdfast::cli {

class view_of_ledgers {
public:
  /// Whoever owns the records is asked through `owners` where a page of a
  /// ledger contradicts what was known.
  view_of_ledgers(caf::actor_system& system, std::vector<ledger_seat> ledgers,
                  chain_actor owners);
  ~view_of_ledgers();

  /// See `target::read_central`.
  void read(const target::view_listener& tell) const;

private:
  std::shared_ptr<sync_board> board_ = std::make_shared<sync_board>();
  sync_actor rounds_;
};

} // namespace holdfast::cli
