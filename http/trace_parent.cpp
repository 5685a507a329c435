#include "http/trace_parent.hpp"

namespace holdfast::http {

namespace {

constexpr std::size_t version_at = 0;
constexpr std::size_t trace_at = 3;
constexpr std::size_t parent_at = 36;
constexpr std::size_t flags_at = 53;
constexpr std::size_t known_size = 55;

/// Only lower case, as the standard wants it.
bool is_hex(std::string_view text) noexcept {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_zero(std::string_view text) noexcept {
  return text.find_first_not_of('0') == std::string_view::npos;
}

bool has_known_form(std::string_view field) noexcept {
  for (const auto dash : {trace_at - 1, parent_at - 1, flags_at - 1})
    if (field[dash] != '-')
      return false;
  return is_hex(field.substr(version_at, 2))
         && is_hex(field.substr(trace_at, 32))
         && is_hex(field.substr(parent_at, 16))
         && is_hex(field.substr(flags_at, 2));
}

} // namespace

std::string_view trace_id_of(std::string_view field) noexcept {
  if (field.size() < known_size || !has_known_form(field))
    return {};
  const auto version = field.substr(version_at, 2);
  const auto rest = field.substr(known_size);
  if (version == "ff" || (version == "00" && !rest.empty())
      || (!rest.empty() && rest.front() != '-'))
    return {};
  const auto trace = field.substr(trace_at, 32);
  return is_zero(trace) || is_zero(field.substr(parent_at, 16))
             ? std::string_view{}
             : trace;
}

} // namespace holdfast::http
