#include "sqlite_journal.hpp"

#include <algorithm>
#include <utility>

#include "sqlite_journal_impl.hpp"

namespace holdfast::storage {

journal_ptr open_sqlite_journal(const journal_options& options) {
  return std::make_unique<sqlite_journal>(options, open_checked(options));
}

sqlite_journal::sqlite_journal(const journal_options& options,
                               opened_journal opened)
    : options_(options), meta_(std::move(opened.meta)),
      content_(std::move(opened.content)), mark_(options.data_dir, *options.on),
      heads_(std::move(opened.heads)), durable_{opened.end,
                                                opened.last_time_ms},
      now_(durable_), rows_(*content_), snapshots_(*content_),
      begin_(*content_, "BEGIN"), commit_(*content_, "COMMIT"),
      rollback_(*content_, "ROLLBACK"),
      insert_event_(*content_, "INSERT INTO events(seq, store, sku, body)"
                               " VALUES(?1, ?2, ?3, ?4)"),
      insert_answer_(*content_, "INSERT INTO answers(number, store, sku, body)"
                                " VALUES(?1, ?2, ?3, ?4)"),
      insert_closed_(*content_, "INSERT INTO closed(grant_seq, close_seq)"
                                " VALUES(?1, ?2)"),
      insert_batch_(*content_, "INSERT INTO batches(id, first_seq, last_seq,"
                               " first_answer, last_answer, hash)"
                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6)"),
      find_closed_(*content_,
                   "SELECT close_seq FROM closed WHERE grant_seq = ?1") {
  sqlite3_wal_hook(
      content_->handle(),
      [](void* self, sqlite3*, const char*, int pages) {
        static_cast<sqlite_journal*>(self)->log_pages_ =
            static_cast<std::uint64_t>(pages);
        return SQLITE_OK;
      },
      this);
}

sqlite_journal::~sqlite_journal() {
  rollback();
  // A clean end leaves the next start no log to read. Nothing is lost if this
  // does not work.
  if (!failed_)
    sqlite3_wal_checkpoint_v2(content_->handle(), nullptr,
                              SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void sqlite_journal::begin() {
  guarded([this] {
    // Not at the end of `commit`, whose callers wait for their answers.
    move_log_if_due();
    begin_.run();
    heads_.begin(next());
    batch_.clear();
  });
}

void sqlite_journal::commit() {
  guarded([this] {
    if (!batch_.empty())
      write_batch();
    commit_.run();
    if (!batch_.empty())
      mark_.write(now_.end);
    durable_ = now_;
    heads_.commit();
    batch_.clear();
  });
}

void sqlite_journal::seal() {
  guarded([this] { mark_.sync(); });
}

void sqlite_journal::write_batch() {
  batch_row batch;
  batch.first_seq = durable_.end.last_seq + 1;
  batch.first_answer = durable_.end.last_answer + 1;
  ++now_.end.batch;
  batch.end = now_.end;
  now_.end.hash = batch_.hash(hash_, durable_.end.hash, batch);
  insert_batch_.bind(1, batch.end.batch);
  insert_batch_.bind(2, batch.first_seq);
  insert_batch_.bind(3, batch.end.last_seq);
  insert_batch_.bind(4, batch.first_answer);
  insert_batch_.bind(5, batch.end.last_answer);
  insert_batch_.bind_blob(6,
                          {reinterpret_cast<const char*>(now_.end.hash.data()),
                           now_.end.hash.size()});
  insert_batch_.run();
}

void sqlite_journal::end_transaction() noexcept {
  // Some errors have ended it already.
  try {
    if (content_->in_transaction())
      rollback_.run();
  } catch (const journal_error&) {
    failed_ = true;
  }
}

void sqlite_journal::rollback() noexcept {
  end_transaction();
  heads_.rollback();
  batch_.clear();
  now_ = durable_;
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
