#include "shared_journal.hpp"

#include <thread>
#include <utility>

#include "holdfast/limits.hpp"
#include "shared_journal_impl.hpp"

namespace holdfast::storage {

namespace {

using clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// Who just waited in vain does not wait again: what is queued meanwhile is to
/// be put off within the same time.
constexpr auto exhausted_for = 5ms;
/// Between two transactions of one process, so that others find the lock free.
constexpr auto breath = 500us;

} // namespace

shared_journal::shared_journal(const journal_options& options,
                               opened_shared opened)
    : options_(options), meta_(std::move(opened.meta)),
      content_(std::move(opened.content)), files_(std::move(opened.files)),
      policy_(std::move(opened.with)),
      writers_(lease_files::directory(options.data_dir) + "/writer"),
      mark_(options.data_dir, *options.on), holds_(*content_), rows_(*content_),
      tables_(*content_), snapshots_(*content_), leases_(*content_),
      find_version_(*content_, "PRAGMA data_version"),
      begin_(*content_, "BEGIN IMMEDIATE"), begin_reading_(*content_, "BEGIN"),
      commit_(*content_, "COMMIT"), rollback_(*content_, "ROLLBACK"),
      events_after_(*content_, "SELECT seq, store, sku, body FROM events"
                               " WHERE seq > ?1 ORDER BY seq"),
      answers_after_(*content_, "SELECT number, store, sku FROM answers"
                                " WHERE number > ?1 ORDER BY number"),
      find_closed_(*content_,
                   "SELECT close_seq FROM closed WHERE grant_seq = ?1") {
  unread_ = meta_.tail;
  known_.end = end_before(unread_);
}

shared_journal::~shared_journal() {
  rollback();
}

std::chrono::microseconds shared_journal::patience() const noexcept {
  return clock::now() - gave_up_at_ < exhausted_for ? 0us : patience_;
}

void shared_journal::until_free(const std::function<void()>& attempt) {
  const auto is_free = try_for(patience(), [&attempt] {
    try {
      attempt();
    } catch (const journal_error& error) {
      if (error.is() != journal_error::kind::busy)
        throw;
      return false;
    }
    return true;
  });
  if (is_free)
    return;
  gave_up_at_ = clock::now();
  put_off();
}

void shared_journal::put_off() {
  throw journal_error(journal_error::kind::busy,
                      "another process is writing the journal");
}

void shared_journal::lock_writers(std::chrono::microseconds patience) {
  if (const auto pause = breath - (clock::now() - committed_at_); pause > 0us)
    std::this_thread::sleep_for(pause);
  if (writers_.lock(patience))
    return;
  if (patience > 0us)
    gave_up_at_ = clock::now();
  put_off();
}

void shared_journal::begin() {
  guarded([this] {
    follow_from_afar();
    lock_writers(patience());
    try {
      start_transaction();
    } catch (...) {
      end_transaction();
      throw;
    }
  });
}

void shared_journal::start_transaction() {
  until_free([this] { begin_.run(); });
  follow(limits::seq_max);
  follow_letters();
  heads_.begin(next());
  batch_.clear();
  changes_.clear();
  replaced_.clear();
  writes_as_.clear();
}

void shared_journal::commit() {
  guarded([this] {
    if (!batch_.empty())
      write_batch();
    letters_->write();
    until_free([this] { commit_.run(); });
    if (!batch_.empty()) {
      mark_.follow();
      mark_.write(now_.end);
    }
    for (auto seq = next().seq; seq <= now_.end.last_seq; ++seq)
      holds_.ends.hear(*batch_.event_row(seq));
    known_ = now_;
    unread_ = next();
    heads_.commit();
    letters_->book().keep();
    batch_.clear();
    apply_file_changes();
    writers_.unlock();
    committed_at_ = clock::now();
  });
}

bool shared_journal::seal() {
  guarded([this] { mark_.sync(); });
  return true;
}

void shared_journal::write_batch() {
  next_.close(known_.end, hash_);
  tables_.put(batch_.row());
}

void shared_journal::end_transaction() noexcept {
  // Some errors have ended it already.
  try {
    if (content_->in_transaction())
      rollback_.run();
  } catch (const journal_error&) {
    failed_ = true;
  }
  writers_.unlock();
}

void shared_journal::rollback() noexcept {
  end_transaction();
  heads_.rollback();
  if (letters_)
    letters_->book().undo();
  batch_.clear();
  changes_.clear();
  replaced_.clear();
  now_ = known_;
}

std::uint64_t shared_journal::last_seq() const {
  return now_.end.last_seq;
}

std::int64_t shared_journal::last_time_ms() const {
  return now_.time_ms;
}

} // namespace holdfast::storage
