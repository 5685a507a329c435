// What SKU actors begin with: their state, and a lease where they need one.
#include "actors/group_commit.hpp"
#include "actors/journal_guard.hpp"

namespace holdfast {

std::vector<std::shared_ptr<sku_life>>
take_leases(journal_writer_state& state,
            const std::vector<load_request>& wanted) {
  std::vector<std::shared_ptr<sku_life>> lives(wanted.size());
  if (!wanted.empty() && !state.config.counters->failed)
    guard(state, [&] {
      lives = state.desk->take(wanted, state.config.time->now_ms());
    });
  return lives;
}

load_reply load_for(journal_writer_state& state, const load_request& what,
                    std::shared_ptr<sku_life> life) {
  load_reply reply;
  reply.round = what.round;
  reply.life = std::move(life);
  if (state.desk && !state.config.counters->full)
    reply.why = error_code::lease_held;
  if (state.config.counters->failed || (what.takes_lease && !reply.life))
    return reply;
  guard(state, [&] {
    const auto since = state.config.time->now_ms() - state.config.key_ttl_ms;
    reply.sku = std::make_shared<loaded_sku>(
        state.journal->load(what.store, what.sku, since));
  });
  return reply;
}

void tidy_leases(journal_writer_state& state) {
  guard(state, [&] { state.desk->tidy(state.config.time->now_ms()); });
}

} // namespace holdfast
