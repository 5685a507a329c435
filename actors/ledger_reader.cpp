#include "actors/ledger_reader.hpp"

#include <exception>
#include <utility>

#include "actors/journal_writer.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

collected read_page(ledger_reader_state& state, const collect& ask) {
  collected made{ask.source, ask.number, {}, {}};
  try {
    made.page = state.from->read(ask.from, limits::collect_max);
  } catch (const std::exception& error) {
    made.failure = error.what();
  }
  // Looked at last: it may have failed meanwhile.
  if (state.journal->failed)
    return {ask.source, ask.number, {}, "the journal has failed"};
  return made;
}

} // namespace

ledger_actor::behavior_type
ledger_reader(ledger_actor::stateful_pointer<ledger_reader_state> self,
              std::unique_ptr<ledger> from,
              std::shared_ptr<const journal_counters> journal) {
  self->state.from = std::move(from);
  self->state.journal = std::move(journal);
  return {
      [=](const collect& ask, const collector_actor& collector) {
        self->send(collector, read_page(self->state, ask));
      },
  };
}

} // namespace holdfast
