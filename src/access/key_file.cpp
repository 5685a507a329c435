#include "src/access/key_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "holdfast/hex.hpp"
#include "holdfast/names.hpp"
#include "src/config/config_error.hpp"
#include "src/config/regular_file.hpp"
#include "src/config/value.hpp"

namespace holdfast::access {

namespace {

/// A name, a role and a hash, with blanks between them and a few behind them.
constexpr std::size_t line_bytes = 64 + 8 + 64 + 8;
static_assert(keys_max * line_bytes <= config::file_bytes_max);

constexpr mode_t exposed_modes = S_IWGRP | S_IROTH | S_IWOTH;

/// In lower or upper case.
std::optional<digest> parse_hash(std::string_view text) {
  std::string lower{text};
  for (auto& c : lower)
    if (c >= 'A' && c <= 'F')
      c = static_cast<char>(c - 'A' + 'a');
  return from_hex(lower);
}

/// The words of a line; the fourth is there only if it is too many.
struct line_words {
  std::array<std::string_view, 4> at;
  std::size_t count = 0;
};

line_words split(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line = line.substr(0, line.find('#'));
  line_words words;
  while (words.count < words.at.size()) {
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    if (line.empty())
      break;
    const auto end = std::min(line.find_first_of(blanks), line.size());
    words.at[words.count++] = line.substr(0, end);
    line.remove_prefix(end);
  }
  return words;
}

/// What is wrong with the words of a key, empty if nothing is.
std::string_view read_key(const line_words& words, api_key& into) {
  if (words.count != 3)
    return "must be a name, a role and a hash";
  if (!is_store_id(words.at[0]))
    return "the name must be of the form [A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  const auto may = role_named(words.at[1]);
  if (!may)
    return "the role must be reader, writer or operator";
  const auto hash = parse_hash(words.at[2]);
  if (!hash)
    return "the hash must be 64 hexadecimal digits, as `holdfast key` prints "
           "it";
  into.who = {std::string{words.at[0]}, *may};
  into.hash = *hash;
  return {};
}

} // namespace

std::string format_key(const api_key& key) {
  auto line = key.who.name;
  line.append(" ").append(to_string(key.who.may)).append(" ");
  return line + to_hex(key.hash);
}

std::vector<api_key> parse_keys(std::string_view text,
                                const std::string& origin) {
  std::vector<api_key> keys;
  std::set<digest> seen;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto words = split(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.count == 0)
      continue;
    api_key key;
    auto wrong = read_key(words, key);
    if (wrong.empty() && !seen.insert(key.hash).second)
      wrong = "the hash was there before";
    if (wrong.empty() && keys.size() == keys_max)
      wrong = "there are too many keys";
    if (!wrong.empty())
      throw config::config_error{origin + ", line " + std::to_string(number)
                                 + ": " + std::string{wrong}};
    keys.push_back(std::move(key));
  }
  return keys;
}

loaded_keys load_keys(const std::string& path) {
  const auto origin = "API_KEYS_FILE is " + config::quote(path);
  const config::regular_file file{path, origin};
  auto keys = parse_keys(file.read(), origin);
  if (keys.empty())
    throw config::config_error{origin + ": holds no key"};
  loaded_keys loaded;
  loaded.keys = std::make_shared<const key_ring>(std::move(keys));
  loaded.is_exposed = (file.mode() & exposed_modes) != 0;
  return loaded;
}

} // namespace holdfast::access
