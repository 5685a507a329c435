#include "verify.hpp"

#include <cerrno>
#include <cstring>

#include "audit.hpp"
#include "corrupt.hpp"
#include "dead_letter_table.hpp"
#include "holdfast/names.hpp"
#include "lease_table.hpp"
#include "opened_journal.hpp"
#include "read_connection.hpp"
#include "redo_overlay.hpp"
#include "row_reader.hpp"
#include "settled.hpp"

namespace holdfast::storage {

namespace {

/// One pass over the batches and the two logs, in step.
class replay {
public:
  replay(database& in, audit& into, verify_report& report)
      : into_(into), report_(report),
        batches_(in, std::string("SELECT ") + batch_columns
                         + " FROM batches ORDER BY id"),
        events_(in, "SELECT seq, store, sku, body FROM events ORDER BY seq"),
        answers_(in, "SELECT number, store, sku, body FROM answers"
                     " ORDER BY number") {
    // nop
  }

  journal_end run() {
    while (batches_.step())
      follow(batch_of(batches_));
    if (events_.step())
      corrupt("event " + std::to_string(events_.number(0)) + " is in no batch");
    if (answers_.step())
      corrupt("answer " + std::to_string(answers_.number(0))
              + " is in no batch");
    return end_;
  }

private:
  void follow(const batch_row& batch) {
    if (batch.end.batch != end_.batch + 1
        || batch.first_seq != end_.last_seq + 1
        || batch.first_answer != end_.last_answer + 1)
      corrupt("batch " + std::to_string(batch.end.batch)
              + " does not follow batch " + std::to_string(end_.batch));
    rows_.clear();
    for (auto seq = batch.first_seq; seq <= batch.end.last_seq; ++seq) {
      const auto row = next(events_, row_kind::event, seq);
      const auto body = checked_body(row_kind::event, row, scratch_);
      into_.see(decode_event(seq, row.store, row.sku, body));
      report_.events = seq;
    }
    for (auto number = batch.first_answer; number <= batch.end.last_answer;
         ++number) {
      const auto row = next(answers_, row_kind::answer, number);
      const auto body = checked_body(row_kind::answer, row, scratch_);
      into_.see(decode_answer(number, row.store, row.sku, body));
      report_.answers = number;
    }
    if (rows_.hash(hash_, end_.hash, batch) != batch.end.hash)
      corrupt("batch " + std::to_string(batch.end.batch) + ", events "
              + std::to_string(batch.first_seq) + " to "
              + std::to_string(batch.end.last_seq)
              + ", is not what was written: its hash differs");
    end_ = batch.end;
    report_.batches = end_.batch;
  }

  row_view next(statement& from, row_kind kind, std::uint64_t number) {
    if (!from.step() || from.number(0) != number)
      corrupt(std::string(kind == row_kind::event ? "event " : "answer ")
              + std::to_string(number) + " is missing");
    const auto row = row_of(from);
    rows_.add_stored(kind, row);
    return row;
  }

  audit& into_;
  verify_report& report_;
  statement batches_;
  statement events_;
  statement answers_;
  batch_buffer rows_;
  sha256 hash_;
  std::string scratch_;
  journal_end end_;
};

/// A slot that a running node is just writing is whole a moment later.
std::optional<high_water_mark::reading> read_mark(const std::string& data_dir,
                                                  disk& on) {
  return look_until([&] { return high_water_mark::read(data_dir, on); },
                    [](const auto& mark) { return !mark || !mark->torn; });
}

/// Damage that a pass in order does not meet: look-ups would.
void check_structure(database& content) {
  statement check(content, "PRAGMA quick_check(1)");
  const auto has_row = check.step();
  const auto number = errno;
  if (has_row && check.bytes(0) == "ok")
    return;
  // It goes on after a page that it cannot read, and only tells.
  if (is_read_error(number))
    throw journal_error(journal_error::kind::failed,
                        std::string("journal: cannot be read: ")
                            + std::strerror(number));
  corrupt("the structure of the database is damaged: "
          + std::string(check.bytes(0)));
}

/// What every start has to know.
void check_meta(const journal_meta& meta) {
  if (!is_store_id(meta.node_name))
    corrupt("the journal belongs to no node: it is named \"" + meta.node_name
            + "\"");
}

/// The tables take in their first batch together with the start that wrote it.
void check_starts(database& content, const journal_meta& meta) {
  statement first(content, "SELECT 1 FROM main.batches LIMIT 1");
  if (meta.epoch == 0 && first.step())
    corrupt("the journal does not know that it was ever opened");
}

void check_tail(const journal_meta& meta, const journal_end& end) {
  const auto is_in = [](std::uint64_t start, std::uint64_t last) {
    return start >= 1 && start <= last + 1;
  };
  if (!is_in(meta.tail.seq, end.last_seq)
      || !is_in(meta.tail.answer, end.last_answer))
    corrupt("the journal was checkpointed beyond its end, or before its first"
            " row");
}

/// A SKU whose snapshot is gone would look new.
void check_skus(database& content) {
  if (!has_table(content, "skus"))
    return;
  statement lost(content, "SELECT store, sku FROM skus"
                          " EXCEPT SELECT store, sku FROM snapshots LIMIT 1");
  if (lost.step())
    corrupt("the snapshot of " + std::string(lost.bytes(0)) + "/"
            + std::string(lost.bytes(1)) + " is gone");
}

void verify_content(database& content,
                    const std::optional<high_water_mark::reading>& mark,
                    verify_report& report) {
  const auto meta = read_meta(content);
  check_meta(meta);
  check_starts(content, meta);
  report.node_name = meta.node_name;
  report.starts = meta.epoch;
  audit every_sku(content, meta, report);
  const auto end = replay(content, every_sku, report).run();
  every_sku.finish();
  row_reader rows(content);
  if (mark)
    check_mark(rows, end, *mark);
  else if (end.batch != 0)
    corrupt("the high-water mark is missing");
  check_tail(meta, end);
  check_skus(content);
  check_structure(content);
  report.dead_letters = audit_letters(content);
  check_leases(content);
}

} // namespace

verify_report verify_journal(const std::string& data_dir, disk& on) {
  verify_report report;
  try {
    // The mark first: the journal only grows, so a running node cannot make
    // it look short.
    const auto mark = read_mark(data_dir, on);
    const auto content = open_read_only(data_dir, on);
    const redo_overlay redo(*content, data_dir, on);
    content->exec("BEGIN");
    verify_content(*content, mark, report);
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::corrupt)
      throw;
    report.fault = {report.events, error.what()};
  }
  return report;
}

} // namespace holdfast::storage
