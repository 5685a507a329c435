// What becomes of an error of the journal.
#pragma once

#include <exception>

#include "actors/journal_writer.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

/// From here on the journal of `counters` is not asked any more, and the
/// process ends. Whoever notices first tells `on_fatal`.
inline void declare_failed(journal_counters& counters,
                           const fatal_handler& on_fatal, const char* why) {
  if (counters.failed.exchange(true))
    return;
  telemetry::log_fault("journal_failed", why);
  if (on_fatal)
    on_fatal(why);
}

inline void declare_failed(journal_writer_state& state, const char* why) {
  declare_failed(*state.config.counters, state.config.on_fatal, why);
}

/// The disk has no room.
inline void note_full(journal_counters& counters) {
  if (!counters.full.exchange(true))
    telemetry::log_warn("journal_full");
}

/// The disk has room again.
inline void note_room(journal_counters& counters) {
  if (counters.full && counters.full.exchange(false))
    telemetry::log_info("journal_has_room");
}

/// Runs `work`, and notes it if the disk has no room for that.
template <class F>
void note_if_full(journal_writer_state& state, F work) {
  try {
    work();
  } catch (const journal_error& e) {
    if (e.is() == journal_error::kind::full)
      note_full(*state.config.counters);
    throw;
  }
}

/// The journal is well, and may be asked again.
inline bool passes(const journal_error& error) {
  return error.is() == journal_error::kind::full
         || error.is() == journal_error::kind::busy;
}

/// While it lives, everybody can see that the journal writer is at the disk,
/// and since when for this. One may come in the middle of another.
class disk_visit {
public:
  explicit disk_visit(const journal_writer_state& state)
      : counters_(*state.config.counters),
        outer_(counters_.at_disk_since.exchange(state.config.now(),
                                                std::memory_order_relaxed)) {
    // nop
  }
  disk_visit(const disk_visit&) = delete;
  disk_visit& operator=(const disk_visit&) = delete;
  ~disk_visit() {
    counters_.at_disk_since.store(outer_, std::memory_order_relaxed);
  }

private:
  journal_counters& counters_;
  const journal_counters::time_point outer_;
};

/// Runs `work` on the journal; an error that does not pass is its end.
template <class F>
void guard(journal_writer_state& state, F work) {
  const disk_visit visit(state);
  try {
    work();
  } catch (const journal_error& e) {
    if (!passes(e))
      declare_failed(state, e.what());
  } catch (const std::exception& e) {
    declare_failed(state, e.what());
  }
}

} // namespace holdfast
