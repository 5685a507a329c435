// What keeps the next start short: snapshots of stale SKUs, and a log of SQLite
// that does not grow.
#include <algorithm>

#include "sqlite_journal_impl.hpp"
#include "stale_snapshots.hpp"

namespace holdfast::storage {

namespace {

/// Pages of SQLite's log between two looks at it.
std::uint64_t step_of(const journal_options& with) {
  return with.wal_pages_max / 16 + 1;
}

} // namespace

void sqlite_journal::move_log_if_due() {
  if (log_pages_ < log_pages_due_)
    return;
  const auto step = step_of(options_);
  // The database may need as much room as the log has: while that is there it
  // can wait, and it must not be the log itself that takes it.
  if (log_pages_ < options_.wal_pages_max
      && has_room(*options_.on, options_.data_dir,
                  (log_pages_ + step) * page_bytes)) {
    log_pages_due_ = log_pages_ + step;
    return;
  }
  move_log();
}

void sqlite_journal::move_log() {
  int pages = 0;
  int moved = 0;
  const auto code = watched(sqlite3_wal_checkpoint_v2, content_->handle(),
                            nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  const auto is = meaning_of(code);
  // A reader may still need the log, and a full disk has no room for its
  // pages. Both pass, and until then the log holds everything.
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_LOCKED
      && is != journal_error::kind::full && is != journal_error::kind::busy)
    content_->fail(code);
  const auto done = code == SQLITE_OK && moved == pages;
  const auto step = step_of(options_);
  log_pages_due_ = done ? step : log_pages_ + 4 * step;
  if (done)
    log_pages_ = 0;
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
