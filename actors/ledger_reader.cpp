#include "actors/ledger_reader.hpp"

#include <exception>
#include <utility>

#include "actors/background.hpp"
#include "actors/journal_guard.hpp"
#include "actors/ledger_pack.hpp"
#include "holdfast/journal.hpp"
#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

/// Two thirds of the time belong to others.
constexpr int rest_factor = 2;

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
  collected made{ask.source, ask.number, {}, {}, {}};
  try {
    made.page = read_twice(state, ask.from, rows);
  } catch (const std::exception& error) {
    made.failure = error.what();
  }
  // Looked at last: it may have failed meanwhile.
  if (state.of.journal->failed)
    return {ask.source, ask.number, {}, "the journal has failed", {}};
  return made;
}

/// Who asks again has given up what it asked before, and keeps its turn.
void line_up(ledger_reader_state& state, ledger_reader_state::question last) {
  for (auto& each : state.waiting)
    if (each.collector == last.collector
        && each.ask.source == last.ask.source) {
      each = std::move(last);
      return;
    }
  state.waiting.push_back(std::move(last));
}

/// True if more records follow.
bool answer(reader_pointer self, const ledger_reader_state::question& to) {
  const auto is_here = to.collector.node() == self->node();
  auto said = read_page(self->state, to.ask,
                        is_here ? limits::collect_max : away_page_max);
  const auto is_last = said.page.next.is != ledger_position::phase::records;
  if (!is_here && said.failure.empty())
    pack(said);
  self->send(to.collector, std::move(said));
  return !is_last;
}

void go_on(reader_pointer self) {
  auto& state = self->state;
  while (!state.waiting.empty() && !state.rests) {
    const auto before = processor_time();
    const auto has_more = answer(self, state.waiting.front());
    state.waiting.pop_front();
    state.rests = has_more && has_own_thread(*self);
    if (state.rests)
      self->delayed_send(self, (processor_time() - before) * rest_factor,
                         sweep_atom_v);
  }
}

} // namespace

ledger_actor::behavior_type ledger_reader(reader_pointer self,
                                          std::unique_ptr<ledger> from,
                                          ledger_owner of) {
  self->state.from = std::move(from);
  self->state.of = std::move(of);
  stand_behind_others(*self);
  return {
      [=](collect& ask, collector_actor& collector) {
        line_up(self->state, {std::move(ask), std::move(collector)});
        go_on(self);
      },
      [=](sweep_atom) {
        self->state.rests = false;
        go_on(self);
      },
  };
}

} // namespace holdfast
