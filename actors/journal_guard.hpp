// What an error of the journal means for its writer.
#pragma once

#include "actors/journal_writer.hpp"

namespace holdfast {

/// The journal failed for good; tells so once.
inline void declare_failed(journal_writer_state& state, const char* why) {
  if (state.config.counters->failed.exchange(true))
    return;
  if (state.config.on_fatal)
    state.config.on_fatal(why);
}

/// The journal is well, and may be asked again.
inline bool passes(const journal_error& error) {
  return error.is() == journal_error::kind::full
         || error.is() == journal_error::kind::busy;
}

/// Runs `work` on the journal; an error that does not pass is its end.
template <class F>
void guard(journal_writer_state& state, F work) {
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
