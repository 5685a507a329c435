// One process per data directory.
#pragma once

#include <stdexcept>
#include <string>

#include "file.hpp"

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
  /// Makes the directory if it does not exist. Throws `data_dir_busy`, or
  /// `journal_error::failed` if the directory cannot be used.
  explicit data_dir_lock(const std::string& data_dir);

private:
  file file_;
};

} // namespace holdfast::storage
