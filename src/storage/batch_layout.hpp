// The bytes of a batch: what its hash is over, and the record around it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>

#include "batch_buffer.hpp"

namespace holdfast::storage::layout {

/// Magic, bytes of the text, and number of rows.
inline constexpr std::size_t record_header_bytes = 16;
/// The hash before, and the row of the batch without its hash.
inline constexpr std::size_t batch_header_bytes =
    sizeof(digest) + 5 * sizeof(std::uint64_t);

void put_batch_header(std::string& out, const digest& before,
                      const batch_row& batch);

/// Ends of the rows inside the text, of events and of answers.
struct row_ends {
  std::span<const std::uint32_t> events;
  std::span<const std::uint32_t> answers;
};

/// Makes a record of `bytes`, which are the room for its header and the text:
/// fills the one and appends what follows the other.
void put_record_ends(std::string& bytes, const digest& hash,
                     const row_ends& ends);

/// A row in its canonical form. Throws `journal_error::corrupt`.
std::pair<row_kind, row_view> read_row(std::string_view text);

} // namespace holdfast::storage::layout
