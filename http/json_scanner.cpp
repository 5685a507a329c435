#include "http/json_scanner.hpp"

#include <charconv>

#include "holdfast/limits.hpp"

namespace holdfast::http {

namespace {

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

char json_scanner::peek() noexcept {
  while (!at_end() && is_space(text_[at_]))
    ++at_;
  return error_ == nullptr && !at_end() ? text_[at_] : '\0';
}

bool json_scanner::take(char c) noexcept {
  if (peek() != c || at_end())
    return false;
  ++at_;
  return true;
}

bool json_scanner::expect(char c, const char* otherwise) noexcept {
  return take(c) || fail(otherwise);
}

bool json_scanner::expect_end() noexcept {
  peek();
  return error_ == nullptr && (at_end() || fail("more follows the document"));
}

bool json_scanner::fail(const char* error) noexcept {
  if (error_ == nullptr)
    error_ = error;
  return false;
}

bool json_scanner::read_text(json_text& into) noexcept {
  if (!expect('"', "a string is expected"))
    return false;
  const auto start = at_;
  bool plain = true;
  into.escaped = false;
  for (; !at_end() && text_[at_] != '"'; ++at_) {
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c == '\\') {
      into.escaped = true;
      ++at_; // Also over an escaped quote, which ends nothing.
      if (at_end())
        break;
    }
    plain = plain && c >= 0x20 && c < 0x80;
  }
  if (at_end())
    return fail("the string does not end");
  into.raw = text_.substr(start, at_++ - start);
  into.flaw = plain && !into.escaped ? nullptr : flaw_of(into.raw);
  return true;
}

std::size_t json_scanner::skip_digits() noexcept {
  const auto start = at_;
  while (!at_end() && is_digit(text_[at_]))
    ++at_;
  return at_ - start;
}

bool json_scanner::read_number(json_number& into) noexcept {
  peek();
  const auto start = at_;
  if (!at_end() && text_[at_] == '-')
    ++at_;
  const auto first = at_;
  const auto digits = skip_digits();
  if (digits == 0)
    return fail("a value is expected");
  if (digits > 1 && text_[first] == '0')
    return fail("a number has a leading zero");
  const auto end = at_;
  if (!at_end() && text_[at_] == '.') {
    ++at_;
    if (skip_digits() == 0)
      return fail("a digit is expected");
  }
  if (!at_end() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (!at_end() && (text_[at_] == '+' || text_[at_] == '-'))
      ++at_;
    if (skip_digits() == 0)
      return fail("a digit is expected");
  }
  into.integer = at_ == end;
  const auto result =
      std::from_chars(text_.data() + start, text_.data() + end, into.value);
  into.fits = into.integer && result.ec == std::errc{};
  return true;
}

bool json_scanner::skip_word(std::string_view word) noexcept {
  if (!text_.substr(at_).starts_with(word))
    return fail("a value is expected");
  at_ += word.size();
  return true;
}

bool json_scanner::skip_value(std::size_t depth) {
  json_text text;
  json_number number;
  switch (peek()) {
  case '{':
    return skip_members(depth + 1);
  case '[':
    return skip_elements(depth + 1);
  case '"':
    return read_text(text);
  case 't':
    return skip_word("true");
  case 'f':
    return skip_word("false");
  case 'n':
    return skip_word("null");
  default:
    return read_number(number);
  }
}

bool json_scanner::skip_members(std::size_t depth) {
  if (depth > limits::json_depth_max)
    return fail("deeper than 8 levels");
  take('{');
  if (take('}'))
    return true;
  do {
    json_text name;
    if (!read_text(name) || !expect(':', "':' is expected")
        || !skip_value(depth))
      return false;
  } while (take(','));
  return expect('}', "',' or '}' is expected");
}

bool json_scanner::skip_elements(std::size_t depth) {
  if (depth > limits::json_depth_max)
    return fail("deeper than 8 levels");
  take('[');
  if (take(']'))
    return true;
  do {
    if (!skip_value(depth))
      return false;
  } while (take(','));
  return expect(']', "',' or ']' is expected");
}

} // namespace holdfast::http
