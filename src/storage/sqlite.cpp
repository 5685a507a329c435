#include "sqlite.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <new>

namespace holdfast::storage {

namespace {

/// What SQLite says of its last call, which returned `code`; in words of our
/// own where its own would mislead.
journal_error error_of(sqlite3* in, int code) {
  const auto number = errno;
  const auto is = meaning_of(code);
  std::string why;
  if (code == SQLITE_IOERR_SHMSIZE)
    why = "there is no room for SQLite's index of its log: make space";
  else if ((code & 0xff) == SQLITE_CORRUPT && is_read_error(number))
    why = std::string("cannot be read: ") + std::strerror(number);
  else
    why = sqlite3_errmsg(in);
  return {is, "journal: " + why + " (" + std::to_string(code) + ")"};
}

/// Only a URI can say that a file does not change. All that could mean
/// something in one is written as numbers.
std::string untouched_uri(const std::string& path) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string uri = "file:";
  for (const auto each : path) {
    const auto byte = static_cast<unsigned char>(each);
    uri += {'%', digits[byte / 16], digits[byte % 16]};
  }
  return uri + "?immutable=1";
}

int flags_of(database::access how) noexcept {
  switch (how) {
  case database::access::create:
    return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  case database::access::untouched:
    return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  default:
    return SQLITE_OPEN_READONLY;
  }
}

} // namespace

journal_error::kind meaning_of(int code) noexcept {
  // SQLite calls a quota that is used up, and a file as large as it may be, an
  // error of the disk; and it says nothing of room where there is none for its
  // index of the log.
  if ((code == SQLITE_IOERR_WRITE && (errno == EDQUOT || errno == EFBIG))
      || code == SQLITE_IOERR_SHMSIZE)
    return journal_error::kind::full;
  switch (code & 0xff) {
  case SQLITE_FULL:
    return journal_error::kind::full;
  case SQLITE_CORRUPT:
    // That is what an error of a read becomes inside a statement.
    return is_read_error(errno) ? journal_error::kind::failed
                                : journal_error::kind::corrupt;
  case SQLITE_NOTADB:
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH:
    return journal_error::kind::corrupt;
  case SQLITE_BUSY:
    return journal_error::kind::busy;
  default:
    // Of anything else nobody can say what it left on the disk.
    return journal_error::kind::failed;
  }
}

bool set_up_sqlite() {
  static const auto usable = [] {
    // Counts of memory nobody reads cost a lock per allocation, 5 % of an
    // insert. Settings of the library count only before its first use.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    // A directory may be called `file:x`.
    sqlite3_config(SQLITE_CONFIG_URI, 0);
    return sqlite3_initialize() == SQLITE_OK;
  }();
  return usable;
}

database::database(const std::string& path, access how, const disk& on) {
  if (!set_up_sqlite())
    throw std::bad_alloc();
  const auto name = how == access::untouched ? untouched_uri(path) : path;
  const auto code = sqlite3_open_v2(
      name.c_str(), &handle_, flags_of(how) | SQLITE_OPEN_NOMUTEX, on.vfs());
  // The destructor of what was not constructed will not run.
  std::unique_ptr<sqlite3, decltype(&sqlite3_close)> guard(handle_,
                                                           sqlite3_close);
  if (code != SQLITE_OK)
    throw journal_error(meaning_of(code),
                        "cannot open " + path + ": " + sqlite3_errstr(code));
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A reader that recovers the log holds its locks for a moment.
  sqlite3_busy_timeout(handle_, 5'000);
  exec("PRAGMA trusted_schema=OFF");
  exec("PRAGMA cell_size_check=ON");
  static_cast<void>(guard.release());
}

database::~database() {
  sqlite3_close(handle_);
}

void database::check_name() const {
  int has_moved = 0;
  // Where the layer below does not know, it says nothing.
  sqlite3_file_control(handle_, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  if (has_moved != 0)
    throw journal_error(journal_error::kind::failed,
                        std::string{sqlite3_db_filename(handle_, "main")}
                            + " was removed, or is another file now");
}

void database::exec(const char* sql) {
  const auto code =
      watched(sqlite3_exec, handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK)
    fail(code);
}

void database::fail(int code) const {
  throw error_of(handle_, code);
}

statement::statement(database& in, std::string_view sql) : in_(in) {
  check(watched(sqlite3_prepare_v3, in.handle(), sql.data(),
                static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                &handle_, nullptr));
}

void statement::stop(int code) {
  // The text of an error is gone after a reset, and a statement that is not
  // reset keeps its transaction from ending.
  const auto error = error_of(in_.handle(), code);
  sqlite3_reset(handle_);
  throw error;
}

} // namespace holdfast::storage
