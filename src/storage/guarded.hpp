// What an error means for a journal.
#pragma once

#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// Runs `work` unless the journal has `failed`. An error that does not pass is
/// its end: it is not asked again.
template <class F>
auto guarded(bool& failed, F work) {
  if (failed)
    throw journal_error(journal_error::kind::failed, "the journal has failed");
  try {
    return work();
  } catch (const journal_error& error) {
    // Never the other way: something on the way here may have failed for good.
    if (error.is() == journal_error::kind::failed)
      failed = true;
    throw;
  } catch (...) {
    failed = true;
    throw;
  }
}

} // namespace holdfast::storage
