#include "sqlite_journal.hpp"

#include <utility>

#include "schema.hpp"
#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

namespace {

/// A batch of one change takes less.
constexpr std::size_t small_record = 4096;

} // namespace

journal_ptr open_sqlite_journal(const journal_options& options) {
  return std::make_unique<sqlite_journal>(options, open_checked(options));
}

sqlite_journal::sqlite_journal(const journal_options& options,
                               opened_journal opened)
    : options_(options), meta_(std::move(opened.meta)),
      content_(std::move(opened.content)), mark_(options.data_dir, *options.on),
      redo_(options.data_dir, opened.redo_bytes, *options.on),
      heads_(std::move(opened.heads)), durable_{opened.end,
                                                opened.last_time_ms},
      now_(durable_), settled_(opened.settled), rows_(*content_, &batch_),
      tables_(*content_), snapshots_(*content_), letters_(*content_),
      begin_(*content_, "BEGIN"), commit_(*content_, "COMMIT"),
      rollback_(*content_, "ROLLBACK"),
      find_closed_(*content_,
                   "SELECT close_seq FROM closed WHERE grant_seq = ?1") {
  sqlite3_wal_hook(
      content_->handle(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<sqlite_journal*>(self)->note_log(
            static_cast<std::uint64_t>(pages));
        return SQLITE_OK;
      },
      this);
  if (options_.moves_beside)
    mover_ = std::make_unique<log_mover>(journal_path(options_.data_dir));
  try {
    settle();
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full)
      throw;
  }
  is_short_ = !redo_.takes(small_record);
}

sqlite_journal::~sqlite_journal() {
  rollback();
  if (failed_)
    return;
  // A clean end leaves the next start no log to read. Nothing is lost if this
  // does not work.
  try {
    settle();
    redo_.finish();
    if (mover_)
      mover_->finish();
  } catch (const std::exception&) {
    return;
  }
  sqlite3_wal_checkpoint_v2(content_->handle(), nullptr,
                            SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void sqlite_journal::begin() {
  guarded([this] {
    absorb();
    if (is_short_)
      make_ready();
    heads_.begin(next());
    is_open_ = true;
  });
}

void sqlite_journal::make_ready() {
  with_room([this] { redo_.make_room(small_record); });
  is_short_ = false;
}

void sqlite_journal::rollback() noexcept {
  if (!is_open_)
    return;
  is_open_ = false;
  heads_.rollback();
  batch_.clear();
  taken_.clear();
  letters_.book().undo();
  now_ = durable_;
}

void sqlite_journal::catch_up() {
  guarded([this] { absorb(); });
}

bool sqlite_journal::seal() {
  return guarded([this] {
    // What was acknowledged since the last time would be gone with them.
    redo_.check_name();
    mark_.check_name();
    content_->check_name();
    mark_.sync();
    settle();
    return !mover_ || !mover_->is_under_way();
  });
}

std::uint64_t sqlite_journal::last_seq() const {
  return now_.end.last_seq;
}

std::int64_t sqlite_journal::last_time_ms() const {
  return now_.time_ms;
}

log_position sqlite_journal::next() const noexcept {
  return {now_.end.last_seq + 1, now_.end.last_answer + 1};
}

} // namespace holdfast::storage
