#include "actors/sku_lease.hpp"

#include <algorithm>

#include "actors/answers.hpp"
#include "actors/circuit_notes.hpp"
#include "actors/sku_outbox.hpp"

namespace holdfast {

namespace {

using sku_pointer = sku_actor::stateful_pointer<sku_state>;

/// No file is looked at here: who answers must not wait for a disk.
std::int64_t known_wait_ms(sku_pointer self) {
  const auto& config = *self->state.config;
  return config.leases->wait_ms({config.store, self->state.sku},
                                config.time->now_ms());
}

/// Another process has the lease.
void refuse_held(sku_pointer self, operations& items, std::int64_t wait_ms) {
  self->state.config->lease_counts->refused += items.size();
  answers out;
  for (auto& op : items) {
    op->retry_after_s = whole_seconds(std::chrono::milliseconds{wait_ms});
    out.refuse(std::move(op), error_code::lease_held);
  }
  out.send(self);
  items.clear();
}

/// Without a lease there is nothing to keep an actor for.
void leave(sku_pointer self, const store_actor& parent) {
  if (self->state.retrying == 0)
    self->send(parent, vacant{self->state.sku});
}

} // namespace

void serve_without_lease(sku_pointer self, operations& items,
                         const journal_actor& journal,
                         const store_actor& parent) {
  auto& state = self->state;
  const auto now_ms = state.config->time->now_ms();
  const auto writes =
      std::stable_partition(items.begin(), items.end(), [](const auto& op) {
        return is_write(op->ask.from.what);
      });
  sku_outbox out{self, journal};
  for (auto op = writes; op != items.end(); ++op) {
    (*op)->todo = errand::look;
    (*op)->at_ms = now_ms;
    out.hand_on(std::move(*op));
  }
  items.erase(writes, items.end());
  // A lease that is being taken is as good as had.
  if (state.is != sku_state::phase::unloaded)
    return;
  if (!items.empty())
    if (const auto wait_ms = known_wait_ms(self); wait_ms > 0)
      refuse_held(self, items, wait_ms);
  if (items.empty())
    leave(self, parent);
}

void refuse_unloaded(sku_pointer self, operations& items, error_code why,
                     const store_actor& parent) {
  const auto has_leases = self->state.config->leases != nullptr;
  const auto wait_ms =
      has_leases && why == error_code::lease_held ? known_wait_ms(self) : 0;
  if (wait_ms > 0) {
    refuse_held(self, items, wait_ms);
  } else {
    answers out;
    for (auto& op : items)
      out.refuse(std::move(op), why);
    out.send(self);
  }
  if (has_leases)
    leave(self, parent);
}

} // namespace holdfast
