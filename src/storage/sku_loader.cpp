#include "sku_loader.hpp"

#include <limits>
#include <utility>

#include "corrupt.hpp"
#include "fold.hpp"
#include "key_order.hpp"

namespace holdfast::storage {

namespace {

constexpr auto rows_at_once = std::numeric_limits<std::size_t>::max();

void check_owner(sku_view names, const origin& from, const char* table,
                 std::uint64_t number) {
  if (from.store == names.store && from.sku == names.sku)
    return;
  corrupt(std::string(table) + " " + std::to_string(number)
          + " is in the chain of another SKU");
}

event next_event(row_reader& rows, sku_view names, std::uint64_t& seq) {
  auto change = rows.must_event(seq);
  check_owner(names, change.from, "event", seq);
  seq = change.prev_seq;
  return change;
}

/// Events after `floor`, newest first.
std::vector<event> events_after(row_reader& rows, sku_view names,
                                std::uint64_t floor, std::uint64_t seq) {
  std::vector<event> result;
  while (seq > floor)
    result.push_back(next_event(rows, names, seq));
  if (seq != floor)
    corrupt("the chain of " + std::string(names.store) + "/"
            + std::string(names.sku) + " misses its snapshot at event "
            + std::to_string(floor));
  return result;
}

void walk_event(row_reader& rows, sku_view names, std::int64_t keys_since_ms,
                key_walk& walk) {
  const auto change = next_event(rows, names, walk.seq);
  const auto at_ms = change.after.updated_at_ms;
  if (at_ms < keys_since_ms)
    walk.seq = 0;
  else if (!change.from.key.empty())
    walk.keys.push_back(
        {hash_key(change.from, change.hold.ref), {change.seq, false}, at_ms});
}

void walk_answer(row_reader& rows, sku_view names, std::int64_t keys_since_ms,
                 key_walk& walk) {
  const auto number = walk.answer;
  const auto [answer, prev_number] = rows.must_answer(number);
  check_owner(names, answer.from, "answer", number);
  walk.answer = answer.at_ms < keys_since_ms ? 0 : prev_number;
  if (answer.at_ms >= keys_since_ms && !answer.from.key.empty())
    walk.keys.push_back(
        {hash_key(answer.from, answer.ref), {number, true}, answer.at_ms});
}

} // namespace

chain_ends ends_of(const sku_head* dirty,
                   const std::optional<stored_snapshot>& kept) {
  chain_ends ends;
  if (kept)
    ends = {kept->seq, kept->answer};
  if (dirty != nullptr && dirty->seq != head_unknown)
    ends.seq = dirty->seq;
  if (dirty != nullptr && dirty->answer != head_unknown)
    ends.answer = dirty->answer;
  return ends;
}

void resolve(sku_head& head, snapshot_table& snapshots) {
  if (head.seq != head_unknown && head.answer != head_unknown)
    return;
  const auto ends = ends_of(&head, snapshots.find(*head.names));
  head.seq = ends.seq;
  head.answer = ends.answer;
}

bool complete_grants(row_reader& rows, std::uint64_t seq, stock& state) {
  if (seq == 0)
    return !state.exists();
  auto change = rows.must_event(seq);
  if (change.after != state.now)
    return false;
  // Holds whose grant was numbered after the actor made this state are among
  // the newest events.
  for (auto hold = state.holds.rbegin(); hold != state.holds.rend(); ++hold) {
    if (hold->second.ref.grant_seq != 0)
      continue;
    while (change.after.version > hold->first && change.prev_seq != 0)
      change = rows.must_event(change.prev_seq);
    if (change.after.version != hold->first)
      return false;
    hold->second.ref.grant_seq = change.seq;
  }
  return true;
}

loaded_sku load_sku(row_reader& rows, sku_view names, const chain_ends& ends,
                    const std::optional<stored_snapshot>& kept,
                    std::int64_t keys_since_ms) {
  loaded_sku result;
  if (kept)
    result.state = decode_stock(kept->body);
  auto fresh = events_after(rows, names, kept ? kept->seq : 0, ends.seq);
  result.since_snapshot = fresh.size();
  for (; !fresh.empty(); fresh.pop_back())
    apply_stored(result.state, fresh.back());
  if (keys_since_ms == journal::no_keys)
    return result;
  key_walk walk;
  while (!walk_keys(rows, names, ends, keys_since_ms, walk, rows_at_once)) {
  }
  result.keys = std::move(walk.keys);
  return result;
}

bool walk_keys(row_reader& rows, sku_view names, const chain_ends& ends,
               std::int64_t keys_since_ms, key_walk& walk, std::size_t count) {
  if (walk.last_seq != ends.seq || walk.last_answer != ends.answer)
    walk = {ends.seq, ends.answer, ends.seq, ends.answer, {}};
  for (; walk.seq != 0 && count > 0; --count)
    walk_event(rows, names, keys_since_ms, walk);
  for (; walk.seq == 0 && walk.answer != 0 && count > 0; --count)
    walk_answer(rows, names, keys_since_ms, walk);
  if (walk.seq != 0 || walk.answer != 0)
    return false;
  order_keys(walk.keys);
  return true;
}

void check_open(row_reader& rows, sku_heads& heads, snapshot_table& snapshots,
                std::uint64_t grant_seq) {
  const auto grant = rows.event_at(grant_seq);
  if (!grant || grant->type != event_type::stock_reserved)
    return;
  const sku_view names{grant->from.store, grant->from.sku};
  const auto kept = snapshots.find(names);
  const auto ends = ends_of(heads.find(names), kept);
  const auto state = load_sku(rows, names, ends, kept, journal::no_keys).state;
  if (!state.holds.contains(grant->hold.ref.grant_version))
    corrupt("the reservation of event " + std::to_string(grant_seq)
            + " is neither held nor filed as closed");
}

} // namespace holdfast::storage
