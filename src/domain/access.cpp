#include "holdfast/access.hpp"

namespace holdfast {

std::string_view to_string(role what) noexcept {
  switch (what) {
  case role::anyone:
    return "anyone";
  case role::reader:
    return "reader";
  case role::writer:
    return "writer";
  case role::operator_:
    return "operator";
  }
  return "";
}

std::optional<role> role_named(std::string_view name) noexcept {
  for (const auto each : {role::reader, role::writer, role::operator_})
    if (to_string(each) == name)
      return each;
  return std::nullopt;
}

} // namespace holdfast
