// Bodies with one member, or with none.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "http/problem.hpp"

namespace holdfast::http {

/// The one member that a body has, a text.
struct text_member {
  std::string_view name;
  bool (*accept)(std::string_view);
  /// What `accept` takes: "must be …".
  std::string_view rule;
};

/// The text. Adds every fault of the body; it is usable only if there are none.
std::string read_one_text(std::string_view body, const text_member& wanted,
                          faults& found);

/// The `intervalMs` of `{"intervalMs": 5000}`, in the same way.
std::chrono::milliseconds read_interval(std::string_view body, faults& found);

/// The body of a request that needs none: nothing, or `{}`.
void read_nothing(std::string_view body, faults& found);

} // namespace holdfast::http
