// An open file of SQLite on a simulated disk.
#include <algorithm>

#include "simulated_disk.hpp"
#include "simulated_vfs.hpp"

namespace holdfast::storage {

namespace {

using io = simulated_disk::io;

struct connection {
  simulated_disk& on;
  simulated_file_ptr of;
  held_locks holds;
  /// Its name is not durable yet.
  bool is_new = false;
};

/// What SQLite keeps for us.
struct handle {
  sqlite3_file base;
  connection* is;
};

connection& of(sqlite3_file* file) {
  return *reinterpret_cast<handle*>(file)->is;
}

int code_of(io result, int error) {
  if (result == io::full)
    return SQLITE_FULL;
  return result == io::done ? SQLITE_OK : error;
}

int do_close(sqlite3_file* file) {
  auto& at = of(file);
  at.of->locks.unmap(at.holds);
  at.of->locks.unlock(at.holds, SQLITE_LOCK_NONE);
  delete &at;
  return SQLITE_OK;
}

int do_read(sqlite3_file* file, void* into, int bytes, sqlite3_int64 offset) {
  auto& at = of(file);
  const auto wanted = static_cast<std::size_t>(bytes);
  std::string_view found;
  if (at.on.read(*at.of, static_cast<std::uint64_t>(offset), wanted, found)
      != io::done)
    return SQLITE_IOERR_CORRUPTFS; // see `is_read_error`
  const auto rest =
      std::copy(found.begin(), found.end(), static_cast<char*>(into));
  if (found.size() == wanted)
    return SQLITE_OK;
  std::fill_n(rest, wanted - found.size(), '\0');
  return SQLITE_IOERR_SHORT_READ;
}

int do_write(sqlite3_file* file, const void* from, int bytes,
             sqlite3_int64 offset) {
  auto& at = of(file);
  return code_of(at.on.write(*at.of, static_cast<std::uint64_t>(offset),
                             {static_cast<const char*>(from),
                              static_cast<std::size_t>(bytes)}),
                 SQLITE_IOERR_WRITE);
}

int do_truncate(sqlite3_file* file, sqlite3_int64 size) {
  auto& at = of(file);
  return code_of(at.on.truncate(*at.of, static_cast<std::uint64_t>(size)),
                 SQLITE_IOERR_TRUNCATE);
}

int do_sync(sqlite3_file* file, int) {
  auto& at = of(file);
  if (at.on.sync(*at.of) != io::done)
    return SQLITE_IOERR_FSYNC;
  // As SQLite's own layer does for a log it has just made.
  if (at.is_new && at.on.sync_names() != io::done)
    return SQLITE_IOERR_DIR_FSYNC;
  at.is_new = false;
  return SQLITE_OK;
}

int do_file_size(sqlite3_file* file, sqlite3_int64* size) {
  *size = static_cast<sqlite3_int64>(of(file).of->bytes.size());
  return SQLITE_OK;
}

int do_lock(sqlite3_file* file, int level) {
  auto& at = of(file);
  return at.of->locks.lock(at.holds, level) ? SQLITE_OK : SQLITE_BUSY;
}

int do_unlock(sqlite3_file* file, int level) {
  auto& at = of(file);
  at.of->locks.unlock(at.holds, level);
  return SQLITE_OK;
}

int do_check_reserved(sqlite3_file* file, int* found) {
  *found = of(file).of->locks.is_reserved() ? 1 : 0;
  return SQLITE_OK;
}

int do_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int do_sector_size(sqlite3_file*) {
  return 4096;
}

/// What SQLite believes of every disk, unless it is told otherwise.
int do_characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int do_map(sqlite3_file* file, int region, int bytes, int make,
           void volatile** into) {
  auto& at = of(file);
  *into = at.of->locks.map(at.holds, static_cast<std::size_t>(region),
                           static_cast<std::size_t>(bytes), make != 0);
  return SQLITE_OK;
}

int do_lock_slots(sqlite3_file* file, int first, int count, int flags) {
  auto& at = of(file);
  auto& locks = at.of->locks;
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    locks.unlock_slots(at.holds, first, count);
    return SQLITE_OK;
  }
  const auto is_exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  return locks.lock_slots(at.holds, first, count, is_exclusive) ? SQLITE_OK
                                                                : SQLITE_BUSY;
}

void do_barrier(sqlite3_file*) {
  // One thread.
}

int do_unmap(sqlite3_file* file, int) {
  auto& at = of(file);
  at.of->locks.unmap(at.holds);
  return SQLITE_OK;
}

sqlite3_io_methods make_calls() {
  sqlite3_io_methods calls{};
  calls.iVersion = 2;
  calls.xClose = do_close;
  calls.xRead = do_read;
  calls.xWrite = do_write;
  calls.xTruncate = do_truncate;
  calls.xSync = do_sync;
  calls.xFileSize = do_file_size;
  calls.xLock = do_lock;
  calls.xUnlock = do_unlock;
  calls.xCheckReservedLock = do_check_reserved;
  calls.xFileControl = do_control;
  calls.xSectorSize = do_sector_size;
  calls.xDeviceCharacteristics = do_characteristics;
  calls.xShmMap = do_map;
  calls.xShmLock = do_lock_slots;
  calls.xShmBarrier = do_barrier;
  calls.xShmUnmap = do_unmap;
  return calls;
}

} // namespace

int simulated_handle_bytes() noexcept {
  return static_cast<int>(sizeof(handle));
}

int open_simulated(simulated_disk& on, const char* path, sqlite3_file* file,
                   int flags, int* granted) {
  static const auto calls = make_calls();
  file->pMethods = nullptr;
  const auto is_named = path != nullptr;
  auto found = is_named ? on.find(path) : std::make_shared<simulated_file>();
  auto is_new = false;
  if (!found && (flags & SQLITE_OPEN_CREATE) != 0) {
    found = on.make(path);
    is_new = (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL)) != 0;
  }
  if (!found)
    return SQLITE_CANTOPEN;
  reinterpret_cast<handle*>(file)->is =
      new connection{on, std::move(found), {}, is_new};
  file->pMethods = &calls;
  if (granted != nullptr)
    *granted = flags;
  return SQLITE_OK;
}

} // namespace holdfast::storage
