// Bodies with one member, a text.
#pragma once

#include <string>
#include <string_view>

#include "http/problem.hpp"

namespace holdfast::http {

/// The one member that a body has.
struct text_member {
  std::string_view name;
  bool (*accept)(std::string_view);
  /// What `accept` takes: "must be …".
  std::string_view rule;
};

/// The text, empty if there is a fault. Adds every fault of the body.
std::string read_one_text(std::string_view body, const text_member& wanted,
                          faults& found);

} // namespace holdfast::http
