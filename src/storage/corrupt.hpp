// The journal holds what cannot be true.
#pragma once

#include <string>

#include "holdfast/journal.hpp"

namespace holdfast::storage {

[[noreturn]] inline void corrupt(const std::string& what) {
  throw journal_error(journal_error::kind::corrupt, what);
}

} // namespace holdfast::storage
