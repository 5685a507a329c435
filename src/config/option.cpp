#include "src/config/option.hpp"

namespace holdfast::config {

std::string flag_name(std::string_view name) {
  std::string flag = "--";
  for (const char c : name)
    flag += c == '_' ? '-' : c;
  return flag;
}

std::string variable_name(std::string_view name) {
  std::string variable;
  for (const char c : name)
    variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return variable;
}

} // namespace holdfast::config
