// What could not be processed, kept until somebody decides about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "holdfast/command.hpp"

namespace holdfast {

/// A write whose handling failed each time it was tried. Nothing of it was
/// applied.
struct dead_letter {
  /// From 1, never given twice. Assigned by the journal.
  std::uint64_t id = 0;
  /// All of the request; its fingerprint only beside a key.
  command ask;
  /// What failed last: UTF-8, at most `limits::cause_bytes_max`.
  std::string cause;
  /// How often it was tried, by whoever asked for it.
  std::uint32_t attempts = 0;
  /// First and last failure, milliseconds since the epoch.
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
};

/// The command of `letter` as it is tried again: under the key of its caller,
/// or under one made of the id, so that it is applied at most once however
/// often it is tried, and by whom.
command retry_of(const dead_letter& letter);

/// True if `key` was made of the id of the letter. No caller waits for what it
/// remembers: a refusal is no answer to keep, the next try is judged anew. That
/// of a reservation that has ended is kept, as it stays what it is.
bool is_made_key(std::uint64_t letter_id, std::string_view key);

/// `what` as a cause: cut at a character to its bound, and readable even if
/// it is no UTF-8.
std::string to_cause(std::string_view what);

} // namespace holdfast
