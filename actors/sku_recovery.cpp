#include "actors/sku_recovery.hpp"

#include <exception>
#include <utility>

#include "actors/key_life.hpp"
#include "holdfast/backoff.hpp"
#include "src/telemetry/log.hpp"

namespace holdfast {

namespace {

using sku_pointer = sku_actor::stateful_pointer<sku_state>;

/// What threw before must not keep a failure from being told.
std::int64_t time_of(const time_source& time, const operation& op) {
  try {
    return time.now_ms();
  } catch (...) {
    return op.at_ms;
  }
}

/// Remembers what happened, in case it is the last time.
void note_failure(const sku_state& state, operation& op, std::string cause) {
  const auto& config = *state.config;
  op.at_ms = time_of(*config.time, op);
  if (!op.letter)
    op.letter = std::make_unique<letter_part>();
  auto& part = *op.letter;
  if (op.attempts == 0) {
    part.first_ms = op.at_ms;
    part.keys_since_ms = keys_since_ms(op.at_ms, config.key_ttl_ms);
  }
  part.cause = to_cause(cause);
  config.counters->threw.fetch_add(1, std::memory_order_relaxed);
  telemetry::log_warn("command_threw", {{"cause", part.cause},
                                        {"store", config.store},
                                        {"sku", state.sku},
                                        {"attempt", op.attempts + 1}});
}

/// As if nobody had handled it yet.
void clear(operation& op) {
  op.expired.clear();
  op.snapshot.reset();
  op.todo = errand::none;
  op.slot = {};
  op.answer.reset();
}

} // namespace

void load(sku_pointer self, const journal_actor& journal) {
  auto& state = self->state;
  state.is = sku_state::phase::loading;
  self->send(journal,
             load_request{state.config->store, state.sku, ++state.round,
                          state.config->leases != nullptr},
             sku_actor{self});
}

std::string current_cause() {
  try {
    throw;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an exception without a text";
  }
}

void give_up(operation_ptr& op, sku_outbox& out) {
  if (is_write(op->ask.from.what))
    out.bury(std::move(op));
  else
    out.refuse(std::move(op), error_code::internal);
}

void retry_later(sku_pointer self, operation_ptr& op, std::string cause,
                 sku_outbox& out) {
  auto& state = self->state;
  const auto& config = *state.config;
  note_failure(state, *op, std::move(cause));
  clear(*op);
  const auto pause = backoff(config.retry_base, op->attempts + 1, op->ticket);
  if (op->attempts == config.retry_times
      || op->deadline - self->clock().now() <= pause) {
    give_up(op, out);
    return;
  }
  ++op->attempts;
  ++state.retrying;
  self->delayed_send(self, pause, batch{{std::move(op)}});
}

void falter(sku_pointer self, const store_actor& parent) {
  auto& state = self->state;
  state.is = sku_state::phase::unloaded;
  ++state.falters;
  self->send(parent, faltered{state.sku, current_cause()});
}

void wake_later(sku_pointer self) {
  auto& state = self->state;
  const auto pause = backoff(state.config->retry_base, state.falters,
                             std::hash<std::string>{}(state.sku));
  self->delayed_send(self, pause, expire_atom_v, std::int64_t{0});
}

} // namespace holdfast
