#include "actors/sku_lease.hpp"

#include <algorithm>

#include "actors/answers.hpp"
#include "actors/circuit_notes.hpp"

namespace holdfast {

void serve_without_lease(sku_actor::stateful_pointer<sku_state> self,
                         operations& items, const journal_actor& journal,
                         const store_actor& parent) {
  auto& state = self->state;
  const auto& config = *state.config;
  const auto now_ms = config.time->now_ms();
  const auto writes =
      std::stable_partition(items.begin(), items.end(), [](const auto& op) {
        return is_write(op->ask.from.what);
      });
  batch reads;
  for (auto op = writes; op != items.end(); ++op) {
    (*op)->todo = errand::look;
    (*op)->at_ms = now_ms;
    reads.items.push_back(std::move(*op));
  }
  items.erase(writes, items.end());
  if (!reads.items.empty())
    self->send(journal, std::move(reads));
  // A lease that is being taken is as good as had.
  const auto is_unloaded = state.is == sku_state::phase::unloaded;
  if (is_unloaded && !items.empty()) {
    const auto wait_ms =
        config.leases->wait_ms(config.store, state.sku, now_ms);
    if (wait_ms > 0) {
      config.leases->want(config.store, state.sku, now_ms);
      config.lease_counts->refused += items.size();
      answers out;
      for (auto& op : items) {
        op->retry_after_s = whole_seconds(std::chrono::milliseconds{wait_ms});
        out.refuse(std::move(op), error_code::lease_held);
      }
      out.send(self);
      items.clear();
    }
  }
  // Without a lease there is nothing to keep an actor for.
  if (is_unloaded && items.empty() && state.retrying == 0)
    self->send(parent, vacant{state.sku});
}

} // namespace holdfast
