#include "hold_ends.hpp"

#include "event_codec.hpp"
#include "row_reader.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

namespace {

/// Snapshots of one step: writers wait for its end.
constexpr std::size_t snapshots_max = 512;

std::optional<std::int64_t> first_end(const stock& of) {
  return of.expiries.empty() ? std::nullopt
                             : std::optional{of.expiries.begin()->first};
}

/// Of a row that selects what `held_snapshots` does.
std::optional<std::int64_t> first_end(const row_view& row,
                                      std::uint64_t answer) {
  try {
    const auto body =
        checked_state({row.store, row.sku}, row.number, answer, row.body);
    return decode_record(body).reserved == 0 ? std::nullopt
                                             : first_end(decode_stock(body));
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::corrupt)
      throw;
    return std::nullopt;
  }
}

} // namespace

void hold_ends::hear(const event& change) {
  const sku_view of{change.from.store, change.from.sku};
  if (change.after.reserved == 0)
    know(of, std::nullopt);
  else if (change.has_hold() && !closes_hold(change))
    hear(of, change.hold.expires_at_ms);
}

void hold_ends::hear(const row_view& row) {
  try {
    const auto body = checked_body(row_kind::event, row, scratch_);
    hear(decode_event(row.number, row.store, row.sku, body));
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::corrupt)
      throw;
  }
}

void hold_ends::hear(sku_view of, std::int64_t ends_ms) {
  const auto known = ends_.find(of);
  if (known == ends_.end() || ends_ms < known->second)
    know(of, ends_ms);
}

void hold_ends::know(sku_view of, std::optional<std::int64_t> ends_ms) {
  auto place = ends_.find(of);
  if (place != ends_.end())
    order_.erase({place->second, &place->first});
  if (!ends_ms) {
    if (place != ends_.end())
      ends_.erase(place);
    return;
  }
  if (place == ends_.end())
    place = ends_.try_emplace(sku_key(of)).first;
  place->second = *ends_ms;
  order_.emplace(*ends_ms, &place->first);
}

bool hold_ends::has_ended(std::int64_t now_ms) const noexcept {
  return !order_.empty() && order_.begin()->first <= now_ms;
}

std::vector<sku_key> hold_ends::due(std::int64_t now_ms, std::size_t limit,
                                    const loader& load) {
  std::vector<sku_key> found;
  for (const auto& [ends_ms, of] : order_) {
    if (ends_ms > now_ms || found.size() == limit)
      break;
    found.push_back(*of);
  }
  std::erase_if(found, [&](const sku_key& of) {
    const auto first = first_end(load(of));
    if (first && *first <= now_ms)
      return false;
    know(of, first);
    return true;
  });
  return found;
}

held_snapshots::held_snapshots(database& in)
    : after_(in, "SELECT seq, store, sku, state, last_answer FROM snapshots"
                 " WHERE (store, sku) > (?1, ?2) ORDER BY store, sku") {
  // nop
}

bool held_snapshots::read_on(hold_ends& into) {
  if (is_over_)
    return false;
  const rewind_at_end rewind(after_);
  const auto [store, sku] = std::pair(store_, sku_);
  after_.bind_text(1, store);
  after_.bind_text(2, sku);
  for (std::size_t i = 0; i < snapshots_max; ++i) {
    if (!after_.step()) {
      is_over_ = true;
      return false;
    }
    const auto row = row_of(after_);
    store_ = row.store;
    sku_ = row.sku;
    if (const auto ends_ms = first_end(row, after_.number(4)))
      into.hear({store_, sku_}, *ends_ms);
  }
  return true;
}

} // namespace holdfast::storage
