// The file of API_KEYS_FILE: one key a line, `name role sha256-hex`, words
// apart by blanks, `#` begins a comment.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/access/key_ring.hpp"

namespace holdfast::access {

/// Keys of one file; more is a mistake.
inline constexpr std::size_t keys_max = 10'000;

/// The line of a key, without its end.
std::string format_key(const api_key& key);

/// Reads the keys of `text`. A name may come again, so that a key can be
/// exchanged while both secrets work; a hash may not. Throws
/// `config::config_error` that names `origin` and the line, but none of its
/// words: what stands in the wrong place may be a secret.
std::vector<api_key> parse_keys(std::string_view text,
                                const std::string& origin);

struct loaded_keys {
  std::shared_ptr<const key_ring> keys;
  /// Others than its owner may write the file, or all may read it.
  bool is_exposed = false;
};

/// Reads the key file at `path`. Throws `config::config_error`; a file without
/// a key is one, for it would let nobody in, and so is a pipe.
loaded_keys load_keys(const std::string& path);

} // namespace holdfast::access
