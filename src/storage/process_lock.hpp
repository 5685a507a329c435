// A lock between processes that is waited for in small steps.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "file.hpp"

namespace holdfast::storage {

/// Runs `attempt` until it returns true, again and again after a short pause.
/// False if it did not within `patience`; it is tried once in any case.
bool try_for(std::chrono::microseconds patience,
             const std::function<bool()>& attempt);

/// A lock on a file, which the kernel gives back when the process ends in
/// whatever way; one that is stopped keeps it. One thread uses an object.
class process_lock {
public:
  /// Makes the file if it does not exist. Throws `journal_error`.
  explicit process_lock(const std::string& path);

  /// False if another process has it for longer than `patience`. Throws
  /// `journal_error::failed`.
  bool lock(std::chrono::microseconds patience);
  void unlock() noexcept;

private:
  file file_;
  bool is_locked_ = false;
};

} // namespace holdfast::storage
