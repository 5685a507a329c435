#include "actors/journal_loads.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "actors/journal_guard.hpp"
#include "actors/key_life.hpp"

namespace holdfast {

namespace {

using pending_load = journal_writer_state::pending_load;

/// Events and answers of one step, a millisecond or less.
constexpr std::size_t step_rows = 256;
/// How often a lease is looked after whose SKU is still being read.
constexpr std::int64_t keep_every_ms = 30;

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

/// What there is to say to a load for which the journal cannot be read, or
/// which takes a lease and has none.
load_reply refusal_of(const journal_writer_state& state,
                      const load_request& what) {
  load_reply reply;
  reply.round = what.round;
  const auto& counters = *state.config.counters;
  if (state.desk && !counters.full && !counters.failed)
    reply.why = error_code::lease_held;
  return reply;
}

bool may_go_on(journal_writer_state& state, pending_load& of,
               std::int64_t now_ms) {
  if (state.config.counters->failed || (of.what.takes_lease && !of.life))
    return false;
  if (!of.life || now_ms - of.kept_ms < keep_every_ms)
    return true;
  of.kept_ms = now_ms;
  return state.desk->keep(of.what.store, of.what.sku, *of.life, now_ms);
}

/// False if there is more to read. Else `reply` has the state of the moment at
/// which the keys are complete, or nothing if there is none to be had.
bool read_on(journal_writer_state& state, pending_load& of, load_reply& reply) {
  const auto now_ms = state.config.time->now_ms();
  const auto ttl_ms = state.config.key_ttl_ms;
  if (!std::exchange(of.is_begun, true)) {
    of.kept_ms = now_ms;
    of.keys_since_ms = keys_since_ms(now_ms, ttl_ms);
  }
  if (!may_go_on(state, of, now_ms))
    return true;
  auto& log = *state.journal;
  const auto& [store, sku] = std::tie(of.what.store, of.what.sku);
  if (!log.walk_keys(store, sku, of.keys_since_ms, of.keys, step_rows))
    return false;
  reply.sku =
      std::make_shared<loaded_sku>(log.load(store, sku, journal::no_keys));
  reply.sku->keys = std::move(of.keys.keys);
  begin_lives(reply.sku->keys, now_ms, ttl_ms);
  reply.life = of.life;
  if (of.life)
    of.life->began_ms = now_ms;
  return true;
}

/// One step of a load. True once it is answered.
bool step(writer_pointer self, pending_load& of) {
  auto& state = self->state;
  auto reply = refusal_of(state, of.what);
  // After an error there is nothing to wait for.
  auto is_over = true;
  guard(state, [&] { is_over = read_on(state, of, reply); });
  if (is_over)
    self->send(of.who, std::move(reply));
  return is_over;
}

void begin(writer_pointer self, pending_load&& of,
           std::shared_ptr<sku_life> life) {
  of.life = std::move(life);
  if (!step(self, of))
    self->state.long_loads.push_back(std::move(of));
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

void add_load(writer_pointer self, load_request what, sku_actor who) {
  auto& state = self->state;
  state.loads.push_back(
      {std::move(what), std::move(who), state.received, {}, false, 0, 0, {}});
  if (state.queue.empty() && !state.desk)
    answer_loads(self);
}

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
    begin(self, std::move(*next), nullptr);
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
    begin(self, std::move(state.loads.front()),
          i < lives.size() ? lives[i] : nullptr);
    state.loads.pop_front();
  }
  // Who was refused has the answer before a wish meets a slow disk.
  if (may_want)
    state.desk->leave_wishes(state.config.time->now_ms());
}

void go_on_with_loads(writer_pointer self) {
  auto& state = self->state;
  const auto until = self->clock().now() + state.pace.last_took();
  while (!state.long_loads.empty()) {
    auto of = std::move(state.long_loads.front());
    state.long_loads.pop_front();
    if (!step(self, of))
      state.long_loads.push_back(std::move(of));
    if (self->clock().now() >= until)
      return;
  }
}

} // namespace holdfast
