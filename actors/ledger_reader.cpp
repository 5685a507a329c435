#include "actors/ledger_reader.hpp"

#include <exception>
#include <utility>

#include "actors/journal_guard.hpp"
#include "holdfast/journal.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

using reader_pointer = ledger_actor::stateful_pointer<ledger_reader_state>;

/// What meets the writer may look torn. It is damage only if it stays.
ledger_page read_twice(ledger_reader_state& state, const ledger_position& at,
                       std::size_t rows) {
  try {
    return state.from->read(at, rows);
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::corrupt)
      throw;
  }
  try {
    return state.from->read(at, rows);
  } catch (const journal_error& error) {
    if (error.is() == journal_error::kind::corrupt)
      declare_failed(*state.of.journal, state.of.on_fatal, error.what());
    throw;
  }
}

collected read_page(ledger_reader_state& state, const collect& ask,
                    std::size_t rows) {
  collected made{ask.source, ask.number, {}, {}};
  try {
    made.page = read_twice(state, ask.from, rows);
  } catch (const std::exception& error) {
    made.failure = error.what();
  }
  // Looked at last: it may have failed meanwhile.
  if (state.of.journal->failed)
    return {ask.source, ask.number, {}, "the journal has failed"};
  return made;
}

} // namespace

ledger_actor::behavior_type ledger_reader(reader_pointer self,
                                          std::unique_ptr<ledger> from,
                                          ledger_owner of) {
  self->state.from = std::move(from);
  self->state.of = std::move(of);
  return {
      [=](const collect& ask, const collector_actor& collector) {
        const auto is_here = collector.node() == self->node();
        const auto rows = is_here ? limits::collect_max : away_page_max;
        self->send(collector, read_page(self->state, ask, rows));
      },
  };
}

} // namespace holdfast
