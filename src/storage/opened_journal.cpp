#include "opened_journal.hpp"

#include <algorithm>
#include <limits>

#include "corrupt.hpp"
#include "read_connection.hpp"
#include "redo_log.hpp"
#include "rescue.hpp"
#include "row_reader.hpp"

namespace holdfast::storage {

namespace {

using marking = std::optional<high_water_mark::reading>;

void start_journal(const journal_options& options, database& content) {
  content.exec("BEGIN IMMEDIATE");
  create_schema(content);
  write_meta(content, {options.node_name, 0, options.key_ttl_ms, {}});
  content.exec("COMMIT");
  options.on->sync_directory(options.data_dir);
}

std::uint64_t highest(database& in, const char* sql) {
  statement find(in, sql);
  find.step();
  return find.number(0);
}

/// The newest batch, its rows and its hash compared.
journal_end find_end(database& content, row_reader& rows) {
  constexpr auto any = std::numeric_limits<std::int64_t>::max();
  journal_end end;
  if (const auto last = rows.batch_at_most(any)) {
    batch_row before;
    if (const auto found = rows.batch_at_most(last->end.batch - 1))
      before = *found;
    end = last->end;
    if (before.end.batch + 1 != end.batch
        || before.end.last_seq + 1 != last->first_seq
        || before.end.last_answer + 1 != last->first_answer)
      corrupt("batch " + std::to_string(end.batch)
              + " does not follow the one before");
    sha256 hash;
    if (rows.rehash(*last, before.end.hash, hash) != end.hash)
      corrupt("batch " + std::to_string(end.batch)
              + " is not what was written: its hash differs");
  }
  if (highest(content, "SELECT max(seq) FROM events") > end.last_seq
      || highest(content, "SELECT max(number) FROM answers") > end.last_answer)
    corrupt("the journal has rows after its last batch");
  return end;
}

/// Learns the heads of SKUs from the rows since the last checkpoint.
class tail_scan {
public:
  tail_scan(database& in, sku_heads& heads) : in_(in), heads_(heads) {
    // nop
  }

  void read(const log_position& tail, const journal_end& end) {
    if (tail.seq > end.last_seq + 1 || tail.answer > end.last_answer + 1)
      corrupt("the journal was checkpointed beyond its end");
    statement events(in_, "SELECT seq, store, sku, body FROM events"
                          " WHERE seq >= ?1 ORDER BY seq");
    for_each(events, row_kind::event, tail.seq, end.last_seq,
             [&](const row_view& row) {
               const log_position since{row.number, tail.answer};
               heads_.restore({row.store, row.sku}, since).seq = row.number;
             });
    statement answers(in_, "SELECT number, store, sku, body FROM answers"
                           " WHERE number >= ?1 ORDER BY number");
    for_each(answers, row_kind::answer, tail.answer, end.last_answer,
             [&](const row_view& row) {
               const log_position since{end.last_seq + 1, row.number};
               heads_.restore({row.store, row.sku}, since).answer = row.number;
             });
  }

private:
  template <class F>
  void for_each(statement& rows, row_kind kind, std::uint64_t first,
                std::uint64_t last, F visit) {
    rows.bind(1, first);
    for (auto number = first; number <= last; ++number) {
      if (!rows.step() || rows.number(0) != number)
        corrupt(std::string(kind == row_kind::event ? "event " : "answer ")
                + std::to_string(number) + " is missing");
      const auto row = row_of(rows);
      // A name that a flipped bit changed would cut a chain in two.
      checked_body(kind, row, scratch_);
      visit(row);
    }
  }

  database& in_;
  sku_heads& heads_;
  std::string scratch_;
};

std::int64_t newest_time_ms(row_reader& rows, const journal_end& end) {
  std::int64_t at_ms = 0;
  if (end.last_seq != 0)
    at_ms = rows.must_event(end.last_seq).after.updated_at_ms;
  if (end.last_answer != 0)
    at_ms = std::max(at_ms, rows.must_answer(end.last_answer).answer.at_ms);
  return at_ms;
}

/// The mark follows the journal, which a crash may have left ahead of it. A
/// torn slot is not kept for the next start to wonder about, and a slot that
/// was never synced not for the next loss of power to tear.
void settle_mark(const journal_options& at, const marking& mark,
                 const journal_end& end) {
  if (!mark || mark->torn)
    return high_water_mark::create(at.data_dir, end, *at.on);
  high_water_mark settled(at.data_dir, *at.on);
  // The newest slot may not be synced since a process was killed. One of both
  // is whole whenever power goes.
  settled.confirm();
  if (mark->latest == end)
    return;
  settled.write(end);
  settled.sync();
}

void note_start(const journal_options& options, opened_journal& opened) {
  know_skus(*opened.content);
  auto& meta = opened.meta;
  ++meta.epoch;
  // What is in the journal was promised at most the shortest of the times.
  meta.key_ttl_ms = std::min(meta.key_ttl_ms, options.key_ttl_ms);
  write_meta(*opened.content, meta);
}

} // namespace

opened_journal open_checked(const journal_options& options) {
  auto& on = *options.on;
  on.make_directory(options.data_dir);
  const auto mark = high_water_mark::read(options.data_dir, on);
  const auto path = journal_path(options.data_dir);
  if (!on.exists(path))
    check_lost(mark);
  // Who has the wrong directory leaves it as it is, where that can be told.
  else if (const auto found = peek_meta(options.data_dir, on))
    check_node(*found, options);
  // What is recovered from is relied on, and not written a second time.
  write_again(on, path + "-wal");
  write_again(on, redo_path(options.data_dir));
  opened_journal opened;
  opened.content =
      std::make_unique<database>(path, database::access::create, on);
  auto& content = *opened.content;
  configure_writer(content);
  if (!has_schema(content)) {
    check_lost(mark);
    start_journal(options, content);
  }
  opened.meta = read_meta(content);
  check_node(opened.meta, options);
  redo_content redo;
  read_redo_log(options.data_dir, redo, on);
  row_reader rows(content);
  // What is refused is rolled back. What is not stays open: a full disk must
  // not keep a node from starting.
  content.exec("BEGIN IMMEDIATE");
  opened.settled = recover(redo, content);
  opened.end = find_end(content, rows);
  // Records that the tables have are no start for others.
  opened.redo_bytes = opened.settled == opened.end.batch ? 0 : redo.end;
  if (mark)
    check_mark(rows, opened.end, *mark);
  else if (opened.end.batch != 0)
    corrupt("the high-water mark is missing: how far the journal was "
            "acknowledged is unknown");
  tail_scan(content, opened.heads).read(opened.meta.tail, opened.end);
  opened.last_time_ms = newest_time_ms(rows, opened.end);
  settle_mark(options, mark, opened.end);
  // A start before this one may have made names and not lived to sync them.
  on.sync_directory(options.data_dir);
  note_start(options, opened);
  return opened;
}

} // namespace holdfast::storage
