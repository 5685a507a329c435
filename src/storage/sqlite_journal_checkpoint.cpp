// What keeps the next start short: snapshots of stale SKUs, and a log of SQLite
// that does not grow.
#include <algorithm>

#include "sqlite_journal_impl.hpp"
#include "stale_snapshots.hpp"

namespace holdfast::storage {

namespace {

/// Pages of SQLite's log between two looks at it; with a `log_mover` a part of
/// it: what a disk has to take in at once makes syncs of the redo log wait.
std::uint64_t step_of(const journal_options& with) {
  return with.wal_pages_max / 16 + 1;
}

} // namespace

void sqlite_journal::note_log(std::uint64_t pages) {
  // Begun again: all of it had been moved when the transaction began.
  if (pages < log_pages_)
    log_pages_due_ = step_of(options_);
  log_pages_ = pages;
}

void sqlite_journal::note_all_moved() {
  log_pages_ = 0;
  log_pages_due_ = step_of(options_);
}

void sqlite_journal::move_log_if_due() {
  const auto most = options_.wal_pages_max;
  const auto step = step_of(options_);
  // The database may need as much room as the log has: while that is there it
  // can wait, and it must not be the log itself that takes it.
  const auto can_wait = log_pages_ < log_pages_due_
                        || has_room(*options_.on, options_.data_dir,
                                    (log_pages_ + step) * page_bytes);
  if (mover_ && mover_->is_under_way()) {
    // Who writes faster than a disk can follow has to wait for it.
    if (!mover_->is_done() && can_wait && log_pages_ < 2 * most)
      return;
    end_move();
    if (log_pages_ >= most) {
      move_log();
      return;
    }
  }
  if (log_pages_ < log_pages_due_)
    return;
  if (!can_wait || (log_pages_ >= most && !mover_)) {
    move_log();
    return;
  }
  log_pages_due_ = log_pages_ + step;
  // Of a log that was there at the start nobody knows how much is moved before
  // the first commit.
  if (mover_ && log_pages_ > 0)
    mover_->start();
}

void sqlite_journal::end_move() {
  // One that was begun again meanwhile has other pages, or as many by chance:
  // then they are moved with those that follow.
  if (mover_->finish().count == log_pages_)
    note_all_moved();
}

void sqlite_journal::move_log() {
  if (mover_ && mover_->is_under_way())
    end_move();
  if (move_pages(*content_).is_all)
    note_all_moved();
  else
    log_pages_due_ = log_pages_ + 4 * step_of(options_);
}

std::uint64_t sqlite_journal::tail_rows_max() const noexcept {
  return std::max<std::uint64_t>(options_.tail_rows_min, 2 * heads_.size());
}

std::size_t sqlite_journal::checkpoint(std::size_t budget, bool all) {
  std::size_t taken = 0;
  guarded([&] {
    settle();
    // Somewhat more than is due, so that the next call has nothing to do.
    if (all || rows_between(meta_.tail, next()) > tail_rows_max())
      taken = advance_tail(budget, all ? 0 : tail_rows_max() / 4 * 3);
  });
  return taken;
}

std::size_t sqlite_journal::advance_tail(std::size_t budget,
                                         std::uint64_t rows_max) {
  auto meta = meta_;
  std::size_t taken = 0;
  open_transaction();
  heads_.begin(next());
  try {
    const auto made =
        take_stale(heads_, rows_, snapshots_, budget, next(), rows_max);
    taken = made.taken;
    meta.tail = made.tail;
    write_meta(*content_, meta);
    // Once: a second try would go without what this transaction holds.
    commit_tables();
  } catch (...) {
    heads_.rollback();
    abandon_transaction();
    throw;
  }
  heads_.commit();
  meta_ = meta;
  note_settled();
  return taken;
}

} // namespace holdfast::storage
