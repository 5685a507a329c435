// How a batch becomes durable, and how the tables follow.
#include <utility>

#include "corrupt.hpp"
#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

void sqlite_journal::commit() {
  guarded([this] {
    if (!letters_.book().touched().empty()) {
      commit_with_letters();
    } else if (!batch_.empty()) {
      write_batch();
      mark_.write(now_.end);
      is_pending_ = true;
    }
    // A disk that failed is promised nothing more, whatever it failed at.
    if (mover_ && mover_->has_failed())
      mover_->finish();
    durable_ = now_;
    is_open_ = false;
    heads_.commit();
    letters_.book().keep();
    for (auto& each : taken_)
      waiting_.push_back(std::move(each));
    taken_.clear();
  });
}

void sqlite_journal::write_batch() {
  next_.close(durable_.end, hash_);
  append_record(batch_.record());
}

void sqlite_journal::append_record(std::string_view record) {
  if (redo_.is_long(record.size()))
    settle();
  with_room([&] { redo_.append(record); });
}

void sqlite_journal::open_transaction() {
  if (!content_->in_transaction())
    begin_.run();
}

void sqlite_journal::abandon_transaction() noexcept {
  // Some errors have ended it already.
  try {
    if (content_->in_transaction())
      rollback_.run();
  } catch (const journal_error&) {
    failed_ = true;
  }
  has_lost_batches_ = true;
}

void sqlite_journal::absorb() {
  if (!is_pending_ && !has_lost_batches_ && waiting_.empty())
    return;
  try {
    open_transaction();
    if (has_lost_batches_)
      put_lost_batches();
    else if (is_pending_)
      tables_.put(batch_);
    for (const auto& each : waiting_)
      put(each);
  } catch (...) {
    abandon_transaction();
    throw;
  }
  for (auto& each : waiting_)
    put_.push_back(std::move(each));
  waiting_.clear();
  has_lost_batches_ = false;
  if (std::exchange(is_pending_, false))
    batch_.clear();
}

void sqlite_journal::put_lost_batches() {
  redo_content all;
  read_redo_log(options_.data_dir, all, *options_.on);
  auto last = settled_;
  for (const auto& record : all.records)
    if (record.batch.end.batch == last + 1) {
      tables_.put(record);
      ++last;
    }
  if (last != durable_.end.batch)
    corrupt("the redo log lacks batch " + std::to_string(last + 1));
  // A start that found the disk full may have lost the table again.
  know_skus(*content_);
  for (const auto& each : put_)
    put(each);
  write_meta(*content_, meta_);
}

void sqlite_journal::put(const taken_snapshot& taken) {
  snapshots_.put(taken.names, taken.ends.seq, taken.ends.answer, taken.state);
}

void sqlite_journal::commit_tables() {
  absorb();
  if (!content_->in_transaction())
    return;
  try {
    commit_.run();
  } catch (...) {
    abandon_transaction();
    throw;
  }
}

void sqlite_journal::settle() {
  try {
    commit_tables();
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full)
      throw;
    // SQLite's log starts again once it has been moved, in room it has.
    move_log();
    commit_tables();
  }
  note_settled();
}

void sqlite_journal::note_settled() {
  put_.clear();
  settled_ = durable_.end.batch;
  redo_.restart();
  move_log_if_due();
}

} // namespace holdfast::storage
