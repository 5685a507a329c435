// Small records as lines of text, which people can read too.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "checksum.hpp"

namespace holdfast::storage {

/// The line that ends a text which consists of lines: its checksum.
inline std::string sum_line(std::string_view text) {
  return "sum " + std::to_string(checksum(text)) + "\n";
}

/// What comes before that line; nothing if there is none, or it is of another
/// text.
inline std::optional<std::string_view> before_sum(std::string_view text) {
  const auto end = text.rfind("sum ");
  if (end == std::string_view::npos)
    return std::nullopt;
  const auto summed = text.substr(0, end);
  if (text.substr(end) != sum_line(summed))
    return std::nullopt;
  return summed;
}

/// Lines of a key and a value, the last of them a checksum over the others.
/// Values have no line ends.
class lines_writer {
public:
  lines_writer& line(std::string_view key, std::string_view value) {
    text_.append(key).append(" ").append(value).append("\n");
    return *this;
  }
  template <class Number>
  lines_writer& number(std::string_view key, Number value) {
    return line(key, std::to_string(value));
  }
  std::string take() {
    text_ += sum_line(text_);
    return std::move(text_);
  }

private:
  std::string text_;
};

/// Reads the lines in the order they were written. What is read counts only if
/// `is_whole` is true in the end.
class lines_reader {
public:
  explicit lines_reader(std::string_view text) {
    const auto found = before_sum(text);
    is_whole_ = found.has_value();
    left_ = found.value_or(std::string_view{});
  }

  std::string_view line(std::string_view key) {
    const auto end = left_.find('\n');
    is_whole_ = is_whole_ && end != std::string_view::npos
                && left_.starts_with(key) && left_.size() > key.size();
    if (!is_whole_)
      return {};
    const auto value = left_.substr(key.size() + 1, end - key.size() - 1);
    left_.remove_prefix(end + 1);
    return value;
  }
  template <class Number>
  Number number(std::string_view key) {
    const auto text = line(key);
    Number value = 0;
    const auto read = std::from_chars(text.begin(), text.end(), value);
    is_whole_ = is_whole_ && read.ec == std::errc{} && read.ptr == text.end();
    return value;
  }
  bool is_whole() const noexcept {
    return is_whole_;
  }

private:
  std::string_view left_;
  bool is_whole_ = false;
};

} // namespace holdfast::storage
