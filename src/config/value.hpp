// Text to value and back, and the rules of the options that are not numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "holdfast/roster.hpp"

namespace holdfast::config {

/// The whole text as a decimal integer.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// The whole text as a finite decimal number.
std::optional<double> parse_number(std::string_view text);

/// `true` or `false`.
std::optional<bool> parse_toggle(std::string_view text);

/// `a,b` as two items. Empty items stay, so that they are noticed.
std::vector<std::string> split_list(std::string_view text);

/// `3..7` as 3 and 7; nothing unless both are from 0 on and in order.
std::optional<std::pair<std::int64_t, std::int64_t>>
parse_seed_range(std::string_view text);

/// True for what `parse_seed_range` takes.
bool is_seed_range(std::string_view text);

/// A number in its shortest form: `0.5`.
std::string show_number(double value);

/// A string as the file spells it.
std::string quote(std::string_view text);

/// A list as the file spells it.
std::string quote_list(const std::vector<std::string>& items);

/// Not empty and without control characters.
bool is_path(std::string_view text);

/// The same, or empty.
bool is_optional_path(std::string_view text);
/// What such an option takes, in words.
inline constexpr const char* optional_file = "a path, or empty for none";

/// What a server can bind without asking a resolver: an IPv4 or IPv6 address,
/// or `localhost`.
bool is_address(std::string_view text);

/// True for 127.0.0.0/8, `::1` and `localhost`.
bool is_loopback(std::string_view address);

/// An address as in `is_address`, and one that names a machine: not 0.0.0.0.
bool is_node_host(std::string_view text);

/// `http://HOST`, with or without a port (80) and a slash behind it; an IPv6
/// address in brackets. Nothing for anything else.
std::optional<node_address> parse_http_base(std::string_view text);

/// Any number of different `host:port`.
bool are_node_addresses(const std::vector<std::string>& items);

/// Any number of different paths.
bool are_paths(const std::vector<std::string>& items);

/// 1 to `stores_max` different store ids.
bool are_store_ids(const std::vector<std::string>& items);

} // namespace holdfast::config
