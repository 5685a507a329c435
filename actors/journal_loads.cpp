#include "actors/journal_loads.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/journal_guard.hpp"
#include "actors/key_life.hpp"

namespace holdfast {

namespace {

/// A life under a lease for each of `wanted`, null where there is none to be
/// had.
std::vector<std::shared_ptr<sku_life>>
take_leases(journal_writer_state& state,
            const std::vector<load_request>& wanted) {
  std::vector<std::shared_ptr<sku_life>> lives(wanted.size());
  if (!wanted.empty() && !state.config.counters->failed)
    guard(state, [&] {
      note_if_full(state, [&] {
        lives = state.desk->take(wanted, state.config.time->now_ms());
      });
    });
  return lives;
}

/// Whoever decided these may have told the answer much later, or is about to:
/// another process may have had the SKU until now. They live too long rather
/// than too short; but one that lies further ahead of the next than its time to
/// live is none for a `key_memory`.
void begin_lives(std::vector<remembered_key>& keys, std::int64_t now_ms,
                 std::int64_t ttl_ms) {
  for (auto& key : keys)
    key.at_ms = std::min(key.at_ms + answer_delay_max_ms, now_ms + ttl_ms);
}

/// State of the SKU, unless the journal could not be read, or it takes a lease
/// and there is no `life` under one.
load_reply load_for(journal_writer_state& state, const load_request& what,
                    std::shared_ptr<sku_life> life) {
  load_reply reply;
  reply.round = what.round;
  reply.life = std::move(life);
  const auto& counters = *state.config.counters;
  if (state.desk && !counters.full && !counters.failed)
    reply.why = error_code::lease_held;
  if (state.config.counters->failed || (what.takes_lease && !reply.life))
    return reply;
  guard(state, [&] {
    const auto now_ms = state.config.time->now_ms();
    const auto ttl_ms = state.config.key_ttl_ms;
    reply.sku = std::make_shared<loaded_sku>(state.journal->load(
        what.store, what.sku, keys_since_ms(now_ms, ttl_ms)));
    begin_lives(reply.sku->keys, now_ms, ttl_ms);
  });
  return reply;
}

void answer(writer_pointer self, const journal_writer_state::pending_load& to,
            std::shared_ptr<sku_life> life) {
  self->send(to.who, load_for(self->state, to.what, std::move(life)));
}

/// Takes the leases of all that are ready to be loaded, in one transaction.
std::vector<std::shared_ptr<sku_life>>
take_due_leases(journal_writer_state& state) {
  std::vector<load_request> wanted;
  for (const auto& each : state.loads)
    if (each.after <= state.taken)
      wanted.push_back(each.what);
  return take_leases(state, wanted);
}

} // namespace

void answer_free_loads(writer_pointer self) {
  auto& state = self->state;
  // Leases are taken for many at once.
  if (state.loads.empty() || state.desk)
    return;
  std::set<std::pair<std::string_view, std::string_view>> queued;
  for (const auto& op : state.queue)
    queued.emplace(op->ask.from.store, op->ask.from.sku);
  const auto until = self->clock().now() + state.pace.last_took();
  for (auto next = state.loads.begin();
       next != state.loads.end() && self->clock().now() <= until;) {
    if (queued.contains({next->what.store, next->what.sku})) {
      ++next;
      continue;
    }
    answer(self, *next, nullptr);
    next = state.loads.erase(next);
  }
}

void answer_loads(writer_pointer self) {
  auto& state = self->state;
  std::vector<std::shared_ptr<sku_life>> lives;
  const auto may_want = state.desk && !state.loads.empty();
  if (may_want)
    lives = take_due_leases(state);
  for (std::size_t i = 0;
       !state.loads.empty() && state.loads.front().after <= state.taken; ++i) {
    answer(self, state.loads.front(), i < lives.size() ? lives[i] : nullptr);
    state.loads.pop_front();
  }
  // Who was refused has the answer before a wish meets a slow disk.
  if (may_want)
    state.desk->leave_wishes(state.config.time->now_ms());
}

} // namespace holdfast
