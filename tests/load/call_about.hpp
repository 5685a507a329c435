// A call of a client, as a run of load keeps it.
#pragma once

#include "src/cli/load/record.hpp"

namespace holdfast::test {

inline cli::packed_call call_about(std::uint32_t sku) {
  cli::packed_call made;
  made.ask.what = action::read;
  made.ask.sku = sku;
  return made;
}

} // namespace holdfast::test
