#include "log_mover.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace holdfast::storage {

namespace {

/// SQLite does that only where nothing was added to the log meanwhile, which
/// nobody can tell afterwards.
void sync_pages(database& in) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(in.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file);
  const auto code = watched(file->pMethods->xSync, file,
                            SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
  if (code != SQLITE_OK)
    throw std::runtime_error(
        std::string("journal: the database cannot be synced: ")
        + std::strerror(errno));
}

} // namespace

moved_pages move_pages(database& in) {
  int pages = 0;
  int moved = 0;
  const auto code = watched(sqlite3_wal_checkpoint_v2, in.handle(), nullptr,
                            SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  const auto is = meaning_of(code);
  if (code != SQLITE_OK && (code & 0xff) != SQLITE_LOCKED
      && is != journal_error::kind::full && is != journal_error::kind::busy)
    in.fail(code);
  return {code == SQLITE_OK && moved == pages,
          static_cast<std::uint64_t>(std::max(moved, 0))};
}

log_mover::log_mover(const std::string& path)
    : content_(path, database::access::create) {
  content_.exec("PRAGMA synchronous=FULL");
  thread_ = std::thread{[this] {
    work();
  }};
}

log_mover::~log_mover() {
  {
    const std::lock_guard lock{guard_};
    is_over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void log_mover::start() {
  is_under_way_ = true;
  {
    const std::lock_guard lock{guard_};
    is_asked_ = true;
  }
  changed_.notify_all();
}

bool log_mover::is_done() {
  const std::lock_guard lock{guard_};
  return !is_asked_;
}

moved_pages log_mover::finish() {
  if (!std::exchange(is_under_way_, false))
    return moved_;
  std::unique_lock lock{guard_};
  changed_.wait(lock, [this] { return !is_asked_; });
  if (const auto met = std::exchange(met_, nullptr))
    std::rethrow_exception(met);
  return moved_;
}

void log_mover::work() {
  std::unique_lock lock{guard_};
  for (;;) {
    changed_.wait(lock, [this] { return is_asked_ || is_over_; });
    if (is_over_)
      return;
    lock.unlock();
    moved_pages moved;
    std::exception_ptr met;
    try {
      moved = move_pages(content_);
      sync_pages(content_);
    } catch (const std::exception& e) {
      // Whoever finds out has just made a batch durable: there is no way back.
      met = std::make_exception_ptr(
          journal_error(journal_error::kind::failed, e.what()));
      has_failed_ = true;
    }
    lock.lock();
    moved_ = moved;
    met_ = std::move(met);
    is_asked_ = false;
    changed_.notify_all();
  }
}

} // namespace holdfast::storage
