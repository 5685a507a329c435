#include "simulated_vfs.hpp"

#include <atomic>
#include <cstring>
#include <new>

#include "simulated_disk.hpp"
#include "src/storage/sqlite.hpp"

namespace holdfast::storage {

namespace {

constexpr int path_bytes_max = 512;
/// Julian day of some noon, in milliseconds: nothing in a journal tells it.
constexpr sqlite3_int64 some_time = 2'460'000LL * 86'400'000;

simulated_disk& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<simulated_disk*>(vfs->pAppData);
}

int do_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* handle, int flags,
            int* granted) {
  return open_simulated(disk_of(vfs), path, handle, flags, granted);
}

int do_delete(sqlite3_vfs* vfs, const char* path, int sync_names) {
  auto& on = disk_of(vfs);
  if (!on.find(path))
    return SQLITE_IOERR_DELETE_NOENT;
  if (on.remove(path) != simulated_disk::io::done)
    return SQLITE_IOERR_DELETE;
  if (sync_names != 0 && on.sync_names() != simulated_disk::io::done)
    return SQLITE_IOERR_DIR_FSYNC;
  return SQLITE_OK;
}

int do_access(sqlite3_vfs* vfs, const char* path, int, int* found) {
  // SQLite wants an empty file treated as none: it asks only for its logs.
  const auto of = disk_of(vfs).find(path);
  *found = of && of->bytes.size() > 0 ? 1 : 0;
  return SQLITE_OK;
}

int do_full_pathname(sqlite3_vfs*, const char* path, int bytes, char* into) {
  sqlite3_snprintf(bytes, into, "%s", path);
  return SQLITE_OK;
}

int do_randomness(sqlite3_vfs*, int bytes, char* into) {
  std::memset(into, 1, static_cast<std::size_t>(bytes));
  return bytes;
}

int do_sleep(sqlite3_vfs*, int micros) {
  return micros;
}

int do_current_time_ms(sqlite3_vfs*, sqlite3_int64* now) {
  *now = some_time;
  return SQLITE_OK;
}

int do_current_time(sqlite3_vfs*, double* now) {
  *now = static_cast<double>(some_time) / 86'400'000;
  return SQLITE_OK;
}

int do_last_error(sqlite3_vfs*, int, char*) {
  return 0;
}

} // namespace

simulated_vfs::simulated_vfs(simulated_disk& on) {
  static std::atomic<unsigned> made{0};
  name_ = "holdfast-simulated-" + std::to_string(++made);
  calls_.iVersion = 2;
  calls_.szOsFile = simulated_handle_bytes();
  calls_.mxPathname = path_bytes_max;
  calls_.zName = name_.c_str();
  calls_.pAppData = &on;
  calls_.xOpen = do_open;
  calls_.xDelete = do_delete;
  calls_.xAccess = do_access;
  calls_.xFullPathname = do_full_pathname;
  calls_.xRandomness = do_randomness;
  calls_.xSleep = do_sleep;
  calls_.xCurrentTime = do_current_time;
  calls_.xCurrentTimeInt64 = do_current_time_ms;
  calls_.xGetLastError = do_last_error;
  if (!set_up_sqlite() || sqlite3_vfs_register(&calls_, 0) != SQLITE_OK)
    throw std::bad_alloc();
  sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, 1, nullptr);
}

simulated_vfs::~simulated_vfs() {
  sqlite3_vfs_unregister(&calls_);
}

} // namespace holdfast::storage
