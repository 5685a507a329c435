// Lets SQLite work on a simulated disk.
#pragma once

#include <sqlite3.h>

#include <string>

namespace holdfast::storage {

class simulated_disk;

/// Registered with SQLite as long as it lives, under a name of its own. All
/// that SQLite draws by chance is fixed from the first of them on.
class simulated_vfs {
public:
  explicit simulated_vfs(simulated_disk& on);
  simulated_vfs(const simulated_vfs&) = delete;
  simulated_vfs& operator=(const simulated_vfs&) = delete;
  ~simulated_vfs();

  const char* name() const noexcept {
    return name_.c_str();
  }

private:
  std::string name_;
  sqlite3_vfs calls_{};
};

/// SQLite's calls for an open file; `handle` is SQLite's place for it, of the
/// size below. A file without a name is nobody else's.
int open_simulated(simulated_disk& on, const char* path, sqlite3_file* handle,
                   int flags, int* granted);
int simulated_handle_bytes() noexcept;

} // namespace holdfast::storage
