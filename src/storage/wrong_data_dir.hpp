// A data directory that is not for the node that was told to use it.
#pragma once

#include <string>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

/// It is none, cannot be made, or belongs to another node. What is in it stays
/// as docs/JOURNAL.md says, and nothing gets better before the configuration
/// does.
class wrong_data_dir : public journal_error {
public:
  explicit wrong_data_dir(const std::string& what)
      : journal_error(kind::corrupt, what) {
    // nop
  }
};

} // namespace holdfast::storage
