#include "http/json_text.hpp"

#include <charconv>
#include <cstdint>

#include "holdfast/names.hpp"

namespace holdfast::http {

namespace {

constexpr std::string_view escape_names = "\"\\/bfnrt";
constexpr std::string_view escape_values = "\"\\/\b\f\n\r\t";

/// Value of the four hex digits at the start of `text`, or -1.
int hex4(std::string_view text) noexcept {
  std::uint16_t value = 0;
  const auto* end = text.data() + 4;
  if (text.size() < 4
      || std::from_chars(text.data(), end, value, 16).ptr != end)
    return -1;
  return value;
}

bool is_high(int unit) noexcept {
  return unit >= 0xd800 && unit <= 0xdbff;
}

bool is_low(int unit) noexcept {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/// The low surrogate that must follow at the start of `text`, or -1.
int low_surrogate(std::string_view text) noexcept {
  const int unit = text.starts_with("\\u") ? hex4(text.substr(2)) : -1;
  return is_low(unit) ? unit : -1;
}

/// Judges the escape behind the backslash at the start of `text`; steps over
/// it.
const char* flaw_of_escape(std::string_view& text) noexcept {
  text.remove_prefix(1);
  if (!text.starts_with('u')) {
    const bool known =
        !text.empty() && escape_names.find(text[0]) != std::string_view::npos;
    text.remove_prefix(known ? 1 : 0);
    return known ? nullptr : "has an escape that JSON does not know";
  }
  const int unit = hex4(text.substr(1));
  if (unit < 0)
    return "has an escape that JSON does not know";
  text.remove_prefix(5);
  if (is_low(unit) || (is_high(unit) && low_surrogate(text) < 0))
    return "has half a surrogate pair";
  text.remove_prefix(is_high(unit) ? 6 : 0);
  return nullptr;
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&out](std::uint32_t bits) {
    out.push_back(static_cast<char>(0x80 | (bits & 0x3f)));
  };
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xc0 | c >> 6));
    tail(c);
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | c >> 12));
    tail(c >> 6);
    tail(c);
  } else {
    out.push_back(static_cast<char>(0xf0 | c >> 18));
    tail(c >> 12);
    tail(c >> 6);
    tail(c);
  }
}

/// Appends what the escape at the start of `text` stands for; steps over it.
void append_unescaped(std::string& out, std::string_view& text) {
  const char kind = text[1];
  text.remove_prefix(2);
  if (kind != 'u') {
    out.push_back(escape_values[escape_names.find(kind)]);
    return;
  }
  auto c = static_cast<std::uint32_t>(hex4(text));
  text.remove_prefix(4);
  if (is_high(static_cast<int>(c))) {
    const auto low = static_cast<std::uint32_t>(low_surrogate(text));
    c = 0x10000 + ((c & 0x3ff) << 10) + (low & 0x3ff);
    text.remove_prefix(6);
  }
  append_utf8(out, c);
}

} // namespace

const char* flaw_of(std::string_view raw) noexcept {
  if (!is_utf8(raw))
    return "is not valid UTF-8";
  while (!raw.empty()) {
    if (static_cast<unsigned char>(raw[0]) < 0x20)
      return "has a bare control character";
    if (raw[0] != '\\')
      raw.remove_prefix(1);
    else if (const auto* flaw = flaw_of_escape(raw))
      return flaw;
  }
  return nullptr;
}

std::string unescape(const json_text& text) {
  auto rest = text.raw;
  if (!text.escaped)
    return std::string{rest};
  std::string out;
  while (!rest.empty()) {
    const auto plain = rest.find('\\');
    out.append(rest.substr(0, plain));
    rest.remove_prefix(plain < rest.size() ? plain : rest.size());
    if (!rest.empty())
      append_unescaped(out, rest);
  }
  return out;
}

} // namespace holdfast::http
