// What clients of a simulation wait for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "actors/operation.hpp"

namespace holdfast::simulation {

/// Who asks, and waits for nothing else meanwhile but the same once more.
struct client {
  std::size_t waits_for = 0;
  /// To be asked again with its key.
  std::optional<command> again;
};

/// A call that was not answered yet.
struct flight {
  operation_ptr op;
  std::uint32_t client = 0;
  /// The machine that was asked.
  std::size_t at = 0;
  /// Its SKU actor was killed: it may stay without an answer.
  bool may_be_lost = false;
  /// What is asked about dead letters, about which, and that it was gone.
  errand about = errand::none;
  std::uint64_t letter = 0;
  bool is_late = false;
};

} // namespace holdfast::simulation
