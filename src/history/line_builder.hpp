// One line of JSON in the making. Internal to histories.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "holdfast/command.hpp"

namespace holdfast::history {

/// Members in the order they are added; those without a value are left out.
class line_builder {
public:
  line_builder& open(std::string_view name = {}) {
    begin(name);
    text_ += '{';
    is_first_ = true;
    return *this;
  }

  line_builder& close() {
    text_ += '}';
    is_first_ = false;
    return *this;
  }

  line_builder& open_list(std::string_view name) {
    begin(name);
    text_ += '[';
    is_first_ = true;
    return *this;
  }

  line_builder& close_list() {
    text_ += ']';
    is_first_ = false;
    return *this;
  }

  line_builder& add(std::string_view name, std::int64_t value) {
    if (value == absent)
      return *this;
    begin(name);
    char digits[20];
    text_.append(digits, std::to_chars(digits, digits + 20, value).ptr);
    return *this;
  }

  line_builder& add(std::string_view name, std::uint64_t value) {
    return add(name, static_cast<std::int64_t>(value));
  }

  line_builder& add(std::string_view name, std::string_view value) {
    if (value.empty())
      return *this;
    begin(name);
    text_ += nlohmann::json(value).dump();
    return *this;
  }

  line_builder& add(std::string_view name, const std::string& value) {
    return add(name, std::string_view{value});
  }

  line_builder& add(std::string_view name, const char* value) {
    return add(name, std::string_view{value});
  }

  line_builder& add_if(std::string_view name, bool value) {
    if (!value)
      return *this;
    begin(name);
    text_ += "true";
    return *this;
  }

  std::string_view text() const noexcept {
    return text_;
  }

private:
  void begin(std::string_view name) {
    if (!is_first_)
      text_ += ',';
    is_first_ = false;
    if (name.empty())
      return;
    text_ += '"';
    text_ += name;
    text_ += "\":";
  }

  std::string text_;
  bool is_first_ = true;
};

} // namespace holdfast::history
