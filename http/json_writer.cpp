#include "http/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

namespace holdfast::http {

namespace {

/// Writes the last `digits` decimal digits of `number` in front of `end`.
void put_digits(char* end, int digits, std::int64_t number) {
  for (; digits > 0; --digits, number /= 10)
    *--end = static_cast<char>('0' + number % 10);
}

void append_control(std::string& out, char c) {
  constexpr char hex[] = "0123456789abcdef";
  switch (c) {
  case '\b':
    out.append("\\b");
    return;
  case '\t':
    out.append("\\t");
    return;
  case '\n':
    out.append("\\n");
    return;
  case '\f':
    out.append("\\f");
    return;
  case '\r':
    out.append("\\r");
    return;
  default:
    out.append("\\u00").push_back(hex[c >> 4 & 15]);
    out.push_back(hex[c & 15]);
  }
}

bool is_plain(char c) noexcept {
  return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
}

} // namespace

void append_escaped(std::string& out, std::string_view text) {
  std::size_t done = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i]))
      continue;
    out.append(text.substr(done, i - done));
    done = i + 1;
    if (text[i] == '"' || text[i] == '\\')
      out.append({'\\', text[i]});
    else
      append_control(out, text[i]);
  }
  out.append(text.substr(done));
}

void append_time(std::string& out, std::int64_t ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> when{milliseconds{ms}};
  const auto day = floor<days>(when);
  const year_month_day date{day};
  const auto in_day = (when - day).count();
  char text[] = "0000-00-00T00:00:00.000Z";
  put_digits(text + 4, 4, static_cast<int>(date.year()));
  put_digits(text + 7, 2, static_cast<unsigned>(date.month()));
  put_digits(text + 10, 2, static_cast<unsigned>(date.day()));
  put_digits(text + 13, 2, in_day / 3'600'000);
  put_digits(text + 16, 2, in_day / 60'000 % 60);
  put_digits(text + 19, 2, in_day / 1'000 % 60);
  put_digits(text + 23, 3, in_day % 1'000);
  out.append(text, 24);
}

void json_writer::separate() {
  if (!opens_value())
    out_.push_back(',');
}

/// Nothing precedes the next value that a comma would have to follow.
bool json_writer::opens_value() const noexcept {
  if (out_.empty())
    return true;
  const char last = out_.back();
  return last == '{' || last == '[' || last == ':';
}

/// Puts `,"name":` at `at` and returns its end. Names of the usual length are
/// put together on the stack, so that the document grows once per member.
char* json_writer::put_name(char* at, std::string_view name) const noexcept {
  if (!opens_value())
    *at++ = ',';
  *at++ = '"';
  at = std::copy(name.begin(), name.end(), at);
  *at++ = '"';
  *at++ = ':';
  return at;
}

json_writer& json_writer::open(char bracket) {
  separate();
  out_.push_back(bracket);
  return *this;
}

json_writer& json_writer::close(char bracket) {
  out_.push_back(bracket);
  return *this;
}

json_writer& json_writer::name(std::string_view text) {
  if (text.size() > short_name_max) {
    separate();
    out_.append("\"").append(text).append("\":");
    return *this;
  }
  char start[short_name_max + 4];
  out_.append(start, put_name(start, text));
  return *this;
}

json_writer& json_writer::value(std::int64_t number) {
  separate();
  char digits[20];
  out_.append(digits, std::to_chars(digits, std::end(digits), number).ptr);
  return *this;
}

json_writer& json_writer::value(std::string_view text) {
  separate();
  out_.push_back('"');
  append_escaped(out_, text);
  out_.push_back('"');
  return *this;
}

json_writer& json_writer::flag(bool is) {
  separate();
  out_.append(is ? "true" : "false");
  return *this;
}

json_writer& json_writer::member(std::string_view name, std::int64_t number) {
  if (name.size() > short_name_max)
    return this->name(name).value(number);
  char start[short_name_max + 4 + 20];
  auto* at = put_name(start, name);
  out_.append(start, std::to_chars(at, std::end(start), number).ptr);
  return *this;
}

json_writer& json_writer::member(std::string_view name, std::string_view text) {
  if (name.size() > short_name_max)
    return this->name(name).value(text);
  char start[short_name_max + 5];
  auto* at = put_name(start, name);
  *at++ = '"';
  out_.append(start, at);
  append_escaped(out_, text);
  out_.push_back('"');
  return *this;
}

json_writer& json_writer::member_if(std::string_view name,
                                    std::string_view text) {
  return text.empty() ? *this : member(name, text);
}

json_writer& json_writer::member_time(std::string_view name, std::int64_t ms) {
  this->name(name);
  out_.push_back('"');
  append_time(out_, ms);
  out_.push_back('"');
  return *this;
}

} // namespace holdfast::http
