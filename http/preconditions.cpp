#include "http/preconditions.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "http/field_text.hpp"

namespace holdfast::http {

namespace {

/// RFC 9110, section 8.8.3.
bool is_etag_character(char c) noexcept {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

/// The version that we would spell like `opaque`, or 0.
std::uint64_t version_of(std::string_view opaque) noexcept {
  std::uint64_t version = 0;
  const auto* end = opaque.data() + opaque.size();
  const auto [stop, error] = std::from_chars(opaque.data(), end, version);
  const bool ours = error == std::errc{} && stop == end && opaque[0] != '0';
  return ours ? version : 0;
}

/// Takes one ETag off the front of `text`.
bool take_etag(std::string_view& text, comparison how, etag_condition& into) {
  const bool weak = text.starts_with("W/");
  text.remove_prefix(weak ? 2 : 0);
  if (!text.starts_with('"'))
    return false;
  const auto end = text.find('"', 1);
  if (end == std::string_view::npos)
    return false;
  const auto opaque = text.substr(1, end - 1);
  if (!std::all_of(opaque.begin(), opaque.end(), is_etag_character))
    return false;
  const auto version = version_of(opaque);
  if (version != 0 && (!weak || how == comparison::weak))
    into.versions.push_back(version);
  text.remove_prefix(end + 1);
  return true;
}

/// The inside of a structured string, escapes resolved.
bool unquote(std::string_view text, std::string& into) {
  if (text.size() < 2 || text.back() != '"')
    return false;
  text = text.substr(1, text.size() - 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"')
      return false;
    if (text[i] == '\\') {
      ++i;
      if (i == text.size() || (text[i] != '"' && text[i] != '\\'))
        return false;
    }
    into.push_back(text[i]);
  }
  return true;
}

} // namespace

bool parse_etags(std::string_view field, comparison how, etag_condition& into) {
  auto rest = trim(field);
  into = {};
  if (rest == "*") {
    into.is = etag_condition::kind::any;
    return true;
  }
  into.is = etag_condition::kind::list;
  bool any = false;
  // Empty elements of a list are ignored (RFC 9110, section 5.6.1.2).
  while (!rest.empty()) {
    if (rest.front() != ',') {
      if (!take_etag(rest, how, into))
        return false;
      any = true;
    }
    rest = trim(rest);
    if (!rest.empty() && rest.front() != ',')
      return false;
    rest = trim(rest.substr(rest.empty() ? 0 : 1));
  }
  return any;
}

bool parse_idempotency_key(std::string_view field, std::string& into) {
  const auto text = trim(field);
  into.clear();
  if (!text.starts_with('"'))
    into = text;
  else if (!unquote(text, into))
    return false;
  return is_idempotency_key(into);
}

bool is_json(std::string_view content_type) noexcept {
  constexpr std::string_view wanted = "application/json";
  if (content_type == wanted)
    return true; // What nearly every client sends.
  const auto end = std::min(content_type.find(';'), content_type.size());
  const auto type = trim(content_type.substr(0, end));
  return std::equal(wanted.begin(), wanted.end(), type.begin(), type.end(),
                    [](char expected, char c) {
                      return expected
                             == std::tolower(static_cast<unsigned char>(c));
                    });
}

} // namespace holdfast::http
