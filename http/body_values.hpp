// Values of a body on their way into a command.
#pragma once

#include <cstdint>
#include <string>

#include "holdfast/command.hpp"
#include "http/body_members.hpp"

namespace holdfast::http {

/// Puts the members of one body where the command keeps them. Store and SKU
/// are in the command already.
class body_values {
public:
  explicit body_values(command& into) : into_(into) {
    // nop
  }

  /// What is wrong with `number` as the value of `one`, empty if nothing is;
  /// then it is kept. `fits` is false for what is beyond 64 bits.
  std::string set(member one, std::int64_t number, bool fits);
  /// The same for a text without escapes.
  std::string set(member one, std::string text);

  /// The members of `given`, which were all set, as canonical JSON.
  std::string canonical(member_set given);

private:
  std::string& text_of(member one) noexcept;
  void point_at(const std::string& id);

  command& into_;
  std::string reservation_id_;
};

} // namespace holdfast::http
