#include "src/config/value.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"
#include "holdfast/roster.hpp"

namespace holdfast::config {

namespace {

template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number value{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stop != end)
    return std::nullopt;
  return value;
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f;
}

bool are_different(const std::vector<std::string>& items) {
  return std::set<std::string_view>(items.begin(), items.end()).size()
         == items.size();
}

} // namespace

std::optional<std::int64_t> parse_integer(std::string_view text) {
  return parse_whole<std::int64_t>(text);
}

std::optional<double> parse_number(std::string_view text) {
  const auto value = parse_whole<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<bool> parse_toggle(std::string_view text) {
  if (text == "true")
    return true;
  if (text == "false")
    return false;
  return std::nullopt;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  for (;;) {
    const auto comma = text.find(',');
    items.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos)
      return items;
    text.remove_prefix(comma + 1);
  }
}

std::optional<std::pair<std::int64_t, std::int64_t>>
parse_seed_range(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos)
    return std::nullopt;
  const auto first = parse_integer(text.substr(0, dots));
  const auto last = parse_integer(text.substr(dots + 2));
  if (!first || !last || *first < 0 || *first > *last)
    return std::nullopt;
  return std::pair{*first, *last};
}

bool is_seed_range(std::string_view text) {
  return parse_seed_range(text).has_value();
}

std::string show_number(double value) {
  std::array<char, 32> digits{};
  const auto result = std::to_chars(digits.begin(), digits.end(), value);
  return {digits.begin(), result.ptr};
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += '\\';
    quoted += is_control(c) ? '?' : c;
  }
  return quoted + '"';
}

std::string quote_list(const std::vector<std::string>& items) {
  std::string list = "[";
  for (const auto& item : items)
    list += (list.size() > 1 ? ", " : "") + quote(item);
  return list + ']';
}

bool is_path(std::string_view text) {
  return !text.empty() && is_optional_path(text);
}

bool is_optional_path(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control);
}

bool is_address(std::string_view text) {
  const std::string host{text};
  in_addr v4{};
  in6_addr v6{};
  return host == "localhost" || inet_pton(AF_INET, host.c_str(), &v4) == 1
         || inet_pton(AF_INET6, host.c_str(), &v6) == 1;
}

bool is_loopback(std::string_view address) {
  const std::string host{address};
  in_addr v4{};
  in6_addr v6{};
  if (inet_pton(AF_INET, host.c_str(), &v4) == 1)
    return (ntohl(v4.s_addr) >> 24) == 127;
  if (inet_pton(AF_INET6, host.c_str(), &v6) == 1)
    return IN6_IS_ADDR_LOOPBACK(&v6);
  return host == "localhost";
}

bool is_node_host(std::string_view text) {
  const std::string host{text};
  in6_addr v6{};
  const bool is_any_v6 = inet_pton(AF_INET6, host.c_str(), &v6) == 1
                         && IN6_IS_ADDR_UNSPECIFIED(&v6);
  return is_address(text) && text != "0.0.0.0" && !is_any_v6;
}

std::optional<node_address> parse_http_base(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme))
    return std::nullopt;
  text.remove_prefix(scheme.size());
  // All paths of a node begin at its root.
  if (text.ends_with('/'))
    text.remove_suffix(1);
  // An address in brackets has colons of its own.
  const auto bracket = text.find(']');
  const auto host_end = bracket == std::string_view::npos ? 0 : bracket;
  auto at = std::string{text};
  if (text.find(':', host_end) == std::string_view::npos)
    at += ":80";
  const auto is_path = at.find('/') != std::string::npos;
  return is_path ? std::nullopt : parse_node_address(at);
}

bool are_node_addresses(const std::vector<std::string>& items) {
  return are_different(items)
         && std::all_of(items.begin(), items.end(), [](const auto& item) {
              return parse_node_address(item).has_value();
            });
}

bool are_paths(const std::vector<std::string>& items) {
  return are_different(items)
         && std::all_of(items.begin(), items.end(), is_path);
}

bool are_store_ids(const std::vector<std::string>& items) {
  return !items.empty() && items.size() <= limits::stores_max
         && are_different(items)
         && std::all_of(items.begin(), items.end(),
                        [](const auto& item) { return is_store_id(item); });
}

} // namespace holdfast::config
