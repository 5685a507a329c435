// After a crash: what was durable in the redo log only goes into the tables.
#include <limits>

#include "corrupt.hpp"
#include "opened_journal.hpp"
#include "redo_log.hpp"
#include "row_reader.hpp"
#include "row_writer.hpp"

namespace holdfast::storage {

namespace {

journal_end end_of_tables(database& content) {
  constexpr auto any = std::numeric_limits<std::int64_t>::max();
  const auto newest = row_reader(content).batch_at_most(any);
  return newest ? newest->end : journal_end{};
}

} // namespace

std::uint64_t recover(const redo_content& redo, database& content) {
  auto end = end_of_tables(content);
  const auto settled = end.batch;
  row_writer tables(content);
  for (const auto& record : redo.records) {
    const auto& next = record.batch.end;
    if (next.batch <= end.batch)
      continue;
    if (next.batch != end.batch + 1 || record.before != end.hash)
      corrupt("the redo log goes on with batch " + std::to_string(next.batch)
              + ", but the journal ends with batch "
              + std::to_string(end.batch));
    tables.put(record);
    end = next;
  }
  if (redo.beyond > end.batch)
    corrupt("the redo log is damaged after batch " + std::to_string(end.batch)
            + ": batch " + std::to_string(redo.beyond) + " lies behind");
  return settled;
}

} // namespace holdfast::storage
