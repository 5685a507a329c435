// One process per data directory, or several that agreed to share it.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>

#include "file.hpp"
#include "process_lock.hpp"

namespace holdfast::storage {

/// Another process has the data directory; `what()` names it.
class data_dir_busy : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// Holds a data directory for as long as it lives. The kernel gives it back
/// when the process ends in whatever way.
class data_dir_lock {
public:
  enum class sharing { exclusive, shared };

  /// Makes the directory if it does not exist. Who shares it waits for others
  /// that are about to open its journal. Throws `data_dir_busy` if another
  /// process has it and one of both does not share, `wrong_data_dir` if there
  /// is no such directory and none can be made, or `journal_error::failed` if
  /// it cannot be used.
  explicit data_dir_lock(const std::string& data_dir,
                         sharing how = sharing::exclusive);

  /// True if a process has it and does not share it. Looks by trying: who
  /// wants to have it at that very moment is told that it is taken, or, if it
  /// would share it, that it is not alone.
  static bool is_held(const std::string& data_dir);

  /// No other process has it: always where it is not shared, else until
  /// `let_others_in`.
  bool is_alone() const noexcept {
    return is_alone_;
  }
  /// Of one that shares, once its journal is open: others may come.
  void let_others_in();

private:
  /// False if another process has a lock that is in the way.
  bool try_lock(int how);
  void lock_alone();
  void lock_shared(const std::string& data_dir);
  void write_note(const char* how);

  file file_;
  file directory_;
  std::string data_dir_;
  /// Of one that shares, while it opens its journal.
  std::optional<process_lock> opening_;
  bool is_alone_ = false;
};

} // namespace holdfast::storage
