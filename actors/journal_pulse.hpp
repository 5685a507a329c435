// Tells whether the journal writer still does its work.
#pragma once

#include <atomic>
#include <memory>

#include <caf/actor_system.hpp>

#include "actors/interfaces.hpp"

namespace holdfast {

/// Asks the journal writer for a page without events, which it answers after
/// what was queued before. For one thread.
class journal_pulse {
public:
  journal_pulse(caf::actor_system& system, journal_actor journal);

  /// True if the question before was answered, or there was none; then the
  /// next one is asked.
  bool beat();

private:
  journal_actor journal_;
  std::shared_ptr<std::atomic<bool>> answered_ =
      std::make_shared<std::atomic<bool>>(true);
  answer_actor listener_;
};

} // namespace holdfast
