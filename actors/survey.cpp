#include "actors/survey.hpp"

#include <algorithm>

#include "holdfast/limits.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using namespace std::chrono_literals;
using survey_pointer = survey_actor::stateful_pointer<survey_state>;

/// Who waited for the start comes first.
constexpr auto delay = 1s;
/// Between two steps: clients and rounds come first.
constexpr auto pause = 10ms;
/// Before that is tried again which could not be done.
constexpr auto retry_pause = 1s;
/// SKUs that are read at once.
constexpr std::size_t reads_max = 32;
/// Stores that are named; the rest is counted.
constexpr std::size_t names_max = 16;
/// Answers that have not come by then are lost.
constexpr auto patience = 2 * limits::witness_timeout;

bool serves(const survey_state& state, const std::string& store) {
  const auto& all = state.config.stores;
  return std::find(all.begin(), all.end(), store) != all.end();
}

/// `is` is the newest so far of the SKU.
void note(survey_state& state, const std::string& store, const std::string& sku,
          const balances& is) {
  if (!serves(state, store)) {
    if (state.not_served.size() < limits::stores_max)
      state.not_served.insert(store);
    return;
  }
  if (!state.config.wakes)
    return;
  if (is.reserved > 0)
    state.waiting.emplace(store, sku);
  else
    state.waiting.erase({store, sku});
}

void take(survey_state& state, const ledger_page& page) {
  if (!state.end)
    state.end = page.last_seq;
  state.at = page.next;
  for (const auto& row : page.records)
    note(state, row.store, row.sku, row.is);
  for (const auto& row : page.changes)
    note(state, row.store, row.sku, row.after);
}

/// Reads like those of any client, but past the permits of clients.
void send_reads(survey_pointer self) {
  auto& state = self->state;
  state.asked_until = self->clock().now() + patience;
  batch out;
  while (!state.waiting.empty() && out.items.size() < reads_max) {
    auto next = state.waiting.extract(state.waiting.begin());
    auto op = std::make_shared<operation>();
    op->ask.from.what = action::read;
    std::tie(op->ask.from.store, op->ask.from.sku) = next.value();
    op->ticket = ++state.last_ticket;
    op->reply_to = survey_actor{self};
    op->deadline = self->clock().now() + limits::witness_timeout;
    out.items.push_back(std::move(op));
    state.asked.emplace(state.last_ticket, std::move(next.value()));
  }
  self->send(state.config.owners, std::move(out));
}

void ask_again(survey_state& state, std::uint64_t ticket) {
  state.waiting.insert(std::move(state.asked.extract(ticket).mapped()));
  state.was_refused = true;
}

void take_answers(survey_state& state, const operations& items) {
  for (const auto& op : items) {
    if (!state.asked.contains(op->ticket))
      continue;
    if (is_retryable(code_of(*op)))
      ask_again(state, op->ticket);
    else
      state.asked.erase(op->ticket);
  }
}

void tell(const survey_state& state) {
  if (state.not_served.empty())
    return;
  std::string names;
  std::size_t count = 0;
  for (const auto& store : state.not_served)
    if (count++ < names_max)
      names.append(names.empty() ? "" : ",").append(store);
  telemetry::log_warn("stores_not_served",
                      {{"stores", names}, {"count", count}});
}

/// One step, after which another follows.
void go_on(survey_pointer self) {
  auto& state = self->state;
  const auto is_late = self->clock().now() >= state.asked_until;
  while (is_late && !state.asked.empty())
    ask_again(state, state.asked.begin()->first);
  auto rest = pause;
  if (state.asked.empty()) {
    if (std::exchange(state.was_refused, false))
      rest = retry_pause;
    else if (!state.waiting.empty())
      send_reads(self);
    else if (state.at.is == ledger_position::phase::events
             && state.at.seq >= state.end) {
      tell(state);
      self->quit();
      return;
    } else {
      self->send(state.config.own, collect{0, 0, state.at},
                 collector_actor{survey_actor{self}});
      return;
    }
  }
  self->delayed_send(self, rest, sweep_atom_v);
}

} // namespace

survey_actor::behavior_type survey(survey_pointer self, survey_config config) {
  self->monitor(config.own);
  self->set_down_handler([=](const caf::down_msg&) { self->quit(); });
  self->state.config = std::move(config);
  self->delayed_send(self, delay, sweep_atom_v);
  return {
      [=](const collected& in) {
        if (in.failure.empty())
          take(self->state, in.page);
        self->delayed_send(self, in.failure.empty() ? pause : retry_pause,
                           sweep_atom_v);
      },
      [=](const batch& in) { take_answers(self->state, in.items); },
      [=](sweep_atom) { go_on(self); },
  };
}

} // namespace holdfast
