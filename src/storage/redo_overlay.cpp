#include "redo_overlay.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "corrupt.hpp"
#include "redo_log.hpp"
#include "row_writer.hpp"

namespace holdfast::storage {

namespace {

/// A read that meets the writer may mix what was there before and after. It is
/// damage only if it stays.
constexpr int look_tries = 50;
constexpr std::chrono::milliseconds look_pause{2};

/// What is not qualified is looked for here first.
constexpr const char* views = R"(
PRAGMA temp_store=MEMORY;
CREATE TEMP TABLE redo_events(
  seq INTEGER PRIMARY KEY, store TEXT, sku TEXT, body BLOB);
CREATE TEMP TABLE redo_answers(
  number INTEGER PRIMARY KEY, store TEXT, sku TEXT, body BLOB);
CREATE TEMP TABLE redo_batches(
  id INTEGER PRIMARY KEY, first_seq INTEGER, last_seq INTEGER,
  first_answer INTEGER, last_answer INTEGER, hash BLOB);
CREATE TEMP TABLE redo_closed(grant_seq INTEGER PRIMARY KEY, close_seq INTEGER);
CREATE TEMP VIEW events AS SELECT * FROM main.events
  UNION ALL SELECT * FROM redo_events
  WHERE seq > (SELECT ifnull(max(seq), 0) FROM main.events);
CREATE TEMP VIEW answers AS SELECT * FROM main.answers
  UNION ALL SELECT * FROM redo_answers
  WHERE number > (SELECT ifnull(max(number), 0) FROM main.answers);
CREATE TEMP VIEW batches AS SELECT * FROM main.batches
  UNION ALL SELECT * FROM redo_batches
  WHERE id > (SELECT ifnull(max(id), 0) FROM main.batches);
CREATE TEMP VIEW closed AS SELECT * FROM main.closed
  UNION ALL SELECT * FROM redo_closed
  WHERE close_seq > (SELECT ifnull(max(seq), 0) FROM main.events);
)";

constexpr const char* clear = "DELETE FROM redo_events;"
                              "DELETE FROM redo_answers;"
                              "DELETE FROM redo_batches;"
                              "DELETE FROM redo_closed;";

std::uint64_t newest_batch(database& in) {
  statement find(in, "SELECT max(id) FROM main.batches");
  find.step();
  return find.number(0);
}

/// True if log and tables fit together, as far as they can be seen.
bool fits(const redo_content& redo, std::uint64_t tables_end) {
  auto end = tables_end;
  if (!redo.records.empty()) {
    if (redo.records.front().batch.end.batch > tables_end + 1)
      return false;
    end = std::max(end, redo.records.back().batch.end.batch);
  }
  return redo.beyond <= end;
}

} // namespace

redo_overlay::redo_overlay(database& in, std::string data_dir, disk& on)
    : in_(in), data_dir_(std::move(data_dir)), on_(on) {
  in_.exec(views);
  refresh();
}

void redo_overlay::refresh() {
  redo_content redo;
  std::uint64_t tables_end = 0;
  for (int i = 0;; ++i) {
    // In this order: what leaves the log is in the tables before.
    read_redo_log(data_dir_, redo, on_);
    tables_end = newest_batch(in_);
    if (fits(redo, tables_end))
      break;
    if (i == look_tries)
      corrupt("the redo log is damaged after batch "
              + std::to_string(tables_end));
    std::this_thread::sleep_for(look_pause);
  }
  show(redo, tables_end);
}

void redo_overlay::show(const redo_content& redo, std::uint64_t after) {
  // Mostly there is nothing beyond the tables, and most readers read once.
  if (shows_some_)
    in_.exec(clear);
  shows_some_ = false;
  const auto is_beyond = [after](const batch_record& each) {
    return each.batch.end.batch > after;
  };
  const auto& all = redo.records;
  auto next = std::find_if(all.begin(), all.end(), is_beyond);
  if (next == all.end())
    return;
  shows_some_ = true;
  row_writer into(in_, "redo_");
  for (; next != all.end(); ++next)
    into.put(*next);
}

} // namespace holdfast::storage
