// SQLite with owners: connections and prepared statements that end themselves
// and report errors as `journal_error`.
#pragma once

#include <sqlite3.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include "disk.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// Calls SQLite so that errno, while nothing else is called, tells why a read
/// or a write failed. What SQLite itself keeps of it (`sqlite3_system_errno`)
/// is of an earlier statement if it is a commit that fails.
template <class F, class... Args>
int watched(F call, Args... args) {
  errno = 0;
  return call(args...);
}

/// True for what says that a disk did not give what is on it. SQLite's layer
/// takes these for a damaged file system (SQLITE_IOERR_CORRUPTFS), and a
/// statement that meets them returns SQLITE_CORRUPT, as for a damaged database.
constexpr bool is_read_error(int number) noexcept {
  return number == EIO || number == ENXIO;
}

/// What the result code of a call that was `watched` means for a journal.
journal_error::kind meaning_of(int code) noexcept;

/// Readies the library before its first use, once. False if there is no memory
/// for it.
bool set_up_sqlite();

/// One connection. One thread uses it at a time.
class database {
public:
  enum class access {
    create,
    read_only,
    /// The file alone, without SQLite's logs: nothing is made or written beside
    /// it, and nobody may write it meanwhile
    /// (https://sqlite.org/uri.html#uriimmutable).
    untouched,
  };

  database(const std::string& path, access how,
           const disk& on = *system_disk());
  database(const database&) = delete;
  database& operator=(const database&) = delete;
  /// Leaves the log as it is: what was refused stays for whoever looks into it.
  ~database();

  void exec(const char* sql);
  [[noreturn]] void fail(int code) const;
  /// See `disk_file`.
  void check_name() const;

  bool in_transaction() const noexcept {
    return sqlite3_get_autocommit(handle_) == 0;
  }
  sqlite3* handle() const noexcept {
    return handle_;
  }

private:
  sqlite3* handle_ = nullptr;
};

/// A prepared statement. Bound texts must live until it has run; column texts
/// live until the next step or reset.
class statement {
public:
  statement(database& in, std::string_view sql);
  statement(const statement&) = delete;
  statement& operator=(const statement&) = delete;
  ~statement() {
    sqlite3_finalize(handle_);
  }

  void bind(int index, std::uint64_t value) {
    check(
        sqlite3_bind_int64(handle_, index, static_cast<sqlite3_int64>(value)));
  }
  void bind_text(int index, std::string_view value) {
    check(sqlite3_bind_text(handle_, index, value.data(),
                            static_cast<int>(value.size()), SQLITE_STATIC));
  }
  void bind_blob(int index, std::string_view value) {
    check(sqlite3_bind_blob(handle_, index, value.data(),
                            static_cast<int>(value.size()), SQLITE_STATIC));
  }

  /// Goes to the next row; false after the last.
  bool step() {
    const auto code = watched(sqlite3_step, handle_);
    if (code == SQLITE_ROW)
      return true;
    if (code != SQLITE_DONE)
      stop(code);
    return false;
  }
  void reset() noexcept {
    sqlite3_reset(handle_);
  }
  /// Runs a statement that returns no row.
  void run() {
    const auto code = watched(sqlite3_step, handle_);
    if (code != SQLITE_DONE)
      stop(code);
    sqlite3_reset(handle_);
  }

  std::uint64_t number(int column) {
    return static_cast<std::uint64_t>(sqlite3_column_int64(handle_, column));
  }
  /// Text or blob. Read as a blob, so that SQLite copies nothing.
  std::string_view bytes(int column) {
    const auto* data = sqlite3_column_blob(handle_, column);
    const auto size = sqlite3_column_bytes(handle_, column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
  }

private:
  void check(int code) {
    if (code != SQLITE_OK)
      stop(code);
  }
  [[noreturn]] void stop(int code);

  database& in_;
  sqlite3_stmt* handle_ = nullptr;
};

/// Resets a statement at the end of a scope, so that no read stays open.
class rewind_at_end {
public:
  explicit rewind_at_end(statement& of) : of_(of) {
    // nop
  }
  rewind_at_end(const rewind_at_end&) = delete;
  rewind_at_end& operator=(const rewind_at_end&) = delete;
  ~rewind_at_end() {
    of_.reset();
  }

private:
  statement& of_;
};

} // namespace holdfast::storage
