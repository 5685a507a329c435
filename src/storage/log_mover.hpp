// SQLite's log into the database, beside who writes it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <string>
#include <thread>

#include "sqlite.hpp"

namespace holdfast::storage {

/// What one look at the log came to.
struct moved_pages {
  /// The log holds nothing that is not in the database.
  bool is_all = false;
  /// Pages from the beginning of the log that are in the database.
  std::uint64_t count = 0;
};

/// Moves what no reader needs from the log of `in` into its database. A reader
/// may still need the log, and a full disk has no room for its pages: both
/// pass, and until then the log holds everything. Throws for any other error.
/// Outside a transaction of `in`.
moved_pages move_pages(database& in);

/// Does that on a thread and a connection of its own, and syncs the database.
/// Meanwhile the log can be written; what is added then has to be moved
/// afterwards by `move_pages`, outside any transaction, before SQLite begins
/// its log again. That is short: most pages are there, and synced, already.
///
/// One thread uses an object.
class log_mover {
public:
  explicit log_mover(const std::string& path);
  log_mover(const log_mover&) = delete;
  log_mover& operator=(const log_mover&) = delete;
  ~log_mover();

  /// Begins. Not while it is under way, and not while all of the log is moved:
  /// a writer may begin the log again then, and SQLite before 3.51.3 takes the
  /// new one for moved if that happens just when this looks at it
  /// (https://sqlite.org/wal.html#walresetbug). While there is something to
  /// move nobody begins the log again before this has told SQLite that it is.
  void start();
  /// Between `start` and `finish`.
  bool is_under_way() const noexcept {
    return is_under_way_;
  }
  /// True if `finish` will not wait.
  bool is_done();
  /// True once it met an error, which `finish` throws.
  bool has_failed() const noexcept {
    return has_failed_.load(std::memory_order_relaxed);
  }
  /// Waits until it is over, if it is under way. Throws what it met, as
  /// `journal_error::failed`.
  moved_pages finish();

private:
  void work();

  database content_;
  bool is_under_way_ = false;
  std::mutex guard_;
  std::condition_variable changed_;
  /// Of the thread to do, and to end.
  bool is_asked_ = false;
  bool is_over_ = false;
  moved_pages moved_;
  std::exception_ptr met_;
  std::atomic<bool> has_failed_ = false;
  std::thread thread_;
};

} // namespace holdfast::storage
