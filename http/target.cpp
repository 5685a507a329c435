#include "http/target.hpp"

#include <algorithm>
#include <cctype>

namespace holdfast::http {

namespace {

int hex_value(char digit) noexcept {
  if (digit >= '0' && digit <= '9')
    return digit - '0';
  if (digit >= 'a' && digit <= 'f')
    return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F')
    return digit - 'A' + 10;
  return -1;
}

bool starts_with_scheme(std::string_view text, std::string_view scheme) {
  return text.size() >= scheme.size()
         && std::equal(scheme.begin(), scheme.end(), text.begin(),
                       [](char expected, char c) {
                         return expected
                                == std::tolower(static_cast<unsigned char>(c));
                       });
}

/// Path and query of an absolute form; of anything else nothing.
std::string_view after_authority(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!starts_with_scheme(text, scheme))
      continue;
    text.remove_prefix(scheme.size());
    const auto end = std::min(text.find_first_of("/?"), text.size());
    if (end == 0)
      return {};
    // An empty path is the root (RFC 9110, section 4.2.3).
    return end == text.size() ? "/" : text.substr(end);
  }
  return {};
}

} // namespace

bool percent_decode(std::string_view text, std::string& into) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      into.push_back(text[i]);
      continue;
    }
    if (text.size() - i < 3)
      return false;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0)
      return false;
    into.push_back(static_cast<char>(high << 4 | low));
    i += 2;
  }
  return true;
}

request_target::request_target(std::string_view text) {
  if (!text.starts_with('/'))
    text = after_authority(text);
  malformed_ = text.empty() || text.find('#') != std::string_view::npos;
  if (malformed_)
    return;
  const auto mark = text.find('?');
  if (mark != std::string_view::npos) {
    query_ = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  escaped_ = text.find('%') != std::string_view::npos;
  if (escaped_)
    decoded_.reserve(text.size()); // Never grows, so views into it hold.
  split(text.substr(text.starts_with('/') ? 1 : 0));
}

void request_target::split(std::string_view path) {
  for (;;) {
    const auto slash = path.find('/');
    if (slash == std::string_view::npos || count_ == segments_max - 1) {
      segments_[count_++] = decode(path);
      return;
    }
    segments_[count_++] = decode(path.substr(0, slash));
    path.remove_prefix(slash + 1);
  }
}

path_segment request_target::decode(std::string_view raw) {
  if (!escaped_ || raw.find('%') == std::string_view::npos)
    return {raw, false};
  const auto start = decoded_.size();
  if (!percent_decode(raw, decoded_)) {
    decoded_.resize(start);
    return {raw, true};
  }
  return {std::string_view{decoded_}.substr(start), false};
}

std::vector<query_parameter> parse_query(std::string_view query) {
  std::vector<query_parameter> result;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    const auto piece = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (piece.empty())
      continue;
    const auto equals = std::min(piece.find('='), piece.size());
    const auto name = piece.substr(0, equals);
    const auto value = piece.substr(std::min(equals + 1, piece.size()));
    query_parameter next;
    if (!percent_decode(name, next.name) || !percent_decode(value, next.value))
      next = {std::string{name}, std::string{value}, true};
    result.push_back(std::move(next));
  }
  return result;
}

} // namespace holdfast::http
