#include "stale_snapshots.hpp"

#include <limits>

#include "sku_loader.hpp"

namespace holdfast::storage {

namespace {

void take(sku_head& head, row_reader& rows, snapshot_table& snapshots) {
  constexpr auto no_keys = std::numeric_limits<std::int64_t>::max();
  resolve(head, snapshots);
  const auto kept = snapshots.find(*head.names);
  const chain_ends ends{head.seq, head.answer};
  if (!kept || kept->seq != ends.seq || kept->answer != ends.answer)
    snapshots.put(*head.names, ends.seq, ends.answer,
                  load_sku(rows, *head.names, ends, kept, no_keys).state);
}

} // namespace

std::uint64_t rows_between(const log_position& start,
                           const log_position& end) noexcept {
  return end.seq - start.seq + (end.answer - start.answer);
}

stale_snapshots take_stale(sku_heads& heads, row_reader& rows,
                           snapshot_table& snapshots, std::size_t budget,
                           const log_position& end, std::uint64_t rows_max) {
  stale_snapshots result;
  result.tail = end;
  for (auto* head : heads.stalest(budget + 1)) {
    if (result.taken == budget
        || rows_between(head->dirty_since, end) <= rows_max) {
      result.tail = head->dirty_since;
      break;
    }
    ++result.taken;
    take(*head, rows, snapshots);
    heads.kept(*head);
  }
  return result;
}

} // namespace holdfast::storage
