// The pages of the central view and its rounds.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "actors/interfaces.hpp"
#include "actors/sync_board.hpp"
#include "http/page.hpp"

namespace holdfast::cli {

/// Answers from the board at once, and asks the sync actor for everything that
/// is to happen. Thread-safe.
class sync_pages {
public:
  sync_pages(sync_actor rounds, std::shared_ptr<const sync_board> board)
      : rounds_(std::move(rounds)), board_(std::move(board)) {
    // nop
  }

  /// False for a page about something else; both arguments are as they were
  /// then.
  bool answer(http::page_request& asked, http::page_reply& reply) const;

  /// From now on what asks for something to happen is refused.
  void drain() noexcept {
    is_draining_ = true;
  }

private:
  void list(const http::page_request& asked,
            const http::page_reply& reply) const;
  void show(const http::page_request& asked,
            const http::page_reply& reply) const;
  void run_round(http::page_request&& asked, http::page_reply reply) const;
  void set_pace(http::page_request&& asked, http::page_reply reply) const;

  std::atomic<bool> is_draining_{false};
  sync_actor rounds_;
  std::shared_ptr<const sync_board> board_;
};

} // namespace holdfast::cli
