#include "sku_loader.hpp"

#include <limits>

#include "fold.hpp"
#include "key_order.hpp"

namespace holdfast::storage {

namespace {

void check_owner(sku_view names, const origin& from, const char* table,
                 std::uint64_t number) {
  if (from.store == names.store && from.sku == names.sku)
    return;
  throw journal_error(journal_error::kind::corrupt,
                      std::string(table) + " " + std::to_string(number)
                          + " is in the chain of another SKU");
}

/// One walk back along the events of a SKU, as far as anyone needs it.
class event_walk {
public:
  event_walk(row_reader& rows, sku_view names, std::int64_t keys_since_ms)
      : rows_(rows), names_(names), keys_since_ms_(keys_since_ms) {
    // nop
  }

  /// Events after `floor`, newest first; their live keys go to `keys`.
  std::vector<event> down_to(std::uint64_t floor, std::uint64_t seq,
                             std::vector<remembered_key>& keys) {
    std::vector<event> result;
    while (seq > floor) {
      result.push_back(next(seq));
      collect(result.back(), keys);
    }
    if (seq != floor)
      throw journal_error(journal_error::kind::corrupt,
                          "the chain of " + std::string(names_.store) + "/"
                              + std::string(names_.sku)
                              + " misses its snapshot at event "
                              + std::to_string(floor));
    return result;
  }

  /// Live keys of `seq` and before.
  void keys_from(std::uint64_t seq, std::vector<remembered_key>& keys) {
    while (seq != 0)
      if (!collect(next(seq), keys))
        return;
  }

private:
  event next(std::uint64_t& seq) {
    auto change = rows_.must_event(seq);
    check_owner(names_, change.from, "event", seq);
    seq = change.prev_seq;
    return change;
  }

  /// False once events are too old.
  bool collect(const event& change, std::vector<remembered_key>& keys) const {
    const auto at_ms = change.after.updated_at_ms;
    if (at_ms < keys_since_ms_)
      return false;
    if (!change.from.key.empty())
      keys.push_back(
          {hash_key(change.from, change.hold.ref), {change.seq, false}, at_ms});
    return true;
  }

  row_reader& rows_;
  sku_view names_;
  std::int64_t keys_since_ms_;
};

void walk_answers(row_reader& rows, sku_view names, std::uint64_t number,
                  std::int64_t keys_since_ms,
                  std::vector<remembered_key>& keys) {
  while (number != 0) {
    const auto [answer, prev_number] = rows.must_answer(number);
    check_owner(names, answer.from, "answer", number);
    if (answer.at_ms < keys_since_ms)
      return;
    if (!answer.from.key.empty())
      keys.push_back(
          {hash_key(answer.from, answer.ref), {number, true}, answer.at_ms});
    number = prev_number;
  }
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
  const auto floor = kept ? kept->seq : 0;
  const auto floor_ms = result.state.now.updated_at_ms;
  event_walk walk(rows, names, keys_since_ms);
  auto fresh = walk.down_to(floor, ends.seq, result.keys);
  result.since_snapshot = fresh.size();
  for (; !fresh.empty(); fresh.pop_back())
    apply_stored(result.state, fresh.back());
  if (floor_ms >= keys_since_ms)
    walk.keys_from(floor, result.keys);
  walk_answers(rows, names, ends.answer, keys_since_ms, result.keys);
  order_keys(result.keys);
  return result;
}

void check_open(row_reader& rows, sku_heads& heads, snapshot_table& snapshots,
                std::uint64_t grant_seq) {
  constexpr auto no_keys = std::numeric_limits<std::int64_t>::max();
  const auto grant = rows.event_at(grant_seq);
  if (!grant || grant->type != event_type::stock_reserved)
    return;
  const sku_view names{grant->from.store, grant->from.sku};
  const auto kept = snapshots.find(names);
  const auto ends = ends_of(heads.find(names), kept);
  const auto state = load_sku(rows, names, ends, kept, no_keys).state;
  if (!state.holds.contains(grant->hold.ref.grant_version))
    throw journal_error(journal_error::kind::corrupt,
                        "the reservation of event " + std::to_string(grant_seq)
                            + " is neither held nor filed as closed");
}

} // namespace holdfast::storage
