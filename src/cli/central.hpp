// The central view of a node: its actors, put together and taken apart.
#pragma once

#include <chrono>
#include <memory>

#include <caf/actor_system.hpp>

#include "actors/sync_wiring.hpp"
#include "src/cli/sync_pages.hpp"

namespace holdfast::cli {

/// Owns the rounds. One owner thread, but for `answer`.
class central {
public:
  /// Publishes on `board`. The journal must be open. Throws `journal_error`.
  central(caf::actor_system& system, const settings& with,
          std::shared_ptr<const time_source> time, chain_actor owners,
          std::shared_ptr<sync_board> board, ledger_owner owner);
  ~central();

  /// See `sync_pages::answer`. Any thread.
  bool answer(http::page_request& asked, http::page_reply& reply) const {
    return pages_->answer(asked, reply);
  }

  /// Rounds read what they are told of, and others the ledger of this node.
  const sync_actors& actors() const noexcept {
    return actors_;
  }

  /// From now on nobody else asks for a round.
  void drain() {
    pages_->drain();
  }
  /// One more round, which answers those that wait, too. False if it took
  /// longer than `within`, or could not read every store.
  bool last_round(std::chrono::milliseconds within) const;
  /// Ends the actors. Those that wait for a round have been answered then.
  void finish();

private:
  sync_actors actors_;
  std::unique_ptr<sync_pages> pages_;
};

} // namespace holdfast::cli
