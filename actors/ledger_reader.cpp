#include "actors/ledger_reader.hpp"

#include <exception>
#include <utility>

#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

collected read_page(ledger& from, const collect& ask) {
  collected made{ask.source, ask.number, {}, {}};
  try {
    made.page = from.read(ask.from, limits::collect_max);
  } catch (const std::exception& error) {
    made.failure = error.what();
  }
  return made;
}

} // namespace

ledger_actor::behavior_type
ledger_reader(ledger_actor::stateful_pointer<ledger_reader_state> self,
              std::unique_ptr<ledger> from) {
  self->state.from = std::move(from);
  return {
      [=](const collect& ask, const collector_actor& collector) {
        self->send(collector, read_page(*self->state.from, ask));
      },
  };
}

} // namespace holdfast
