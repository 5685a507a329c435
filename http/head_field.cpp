#include "http/head_field.hpp"

#include <algorithm>
#include <cctype>

#include "http/field_text.hpp"

namespace holdfast::http {

namespace {

/// `line` is a field of this name in any case.
bool is_of(std::string_view name, std::string_view line) noexcept {
  return line.size() > name.size() && line[name.size()] == ':'
         && std::equal(
             name.begin(), name.end(), line.begin(), [](char expected, char c) {
               return expected == std::tolower(static_cast<unsigned char>(c));
             });
}

} // namespace

std::string_view sole_field_in(std::string_view head,
                               std::string_view name) noexcept {
  constexpr std::string_view line_end = "\r\n";
  std::string_view found;
  bool is_inside = false;
  for (auto end = head.find(line_end); end != head.npos;
       end = head.find(line_end)) {
    const auto line = head.substr(0, end);
    head.remove_prefix(end + line_end.size());
    if (line.empty() && is_inside)
      break;
    is_inside = is_inside || !line.empty();
    if (!is_of(name, line))
      continue;
    if (found.data() != nullptr)
      return {};
    found = trim(line.substr(name.size() + 1));
  }
  return found;
}

} // namespace holdfast::http
