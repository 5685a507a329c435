// Look-ups of rows by number.
#pragma once

#include <optional>
#include <string>

#include "batch_buffer.hpp"
#include "sqlite.hpp"

namespace holdfast::storage {

/// Reads events and answers, and believes only rows whose checksum is right:
/// anything else is `journal_error::corrupt`.
class row_reader {
public:
  /// Rows of `fresh`, if there is one, are looked up there: they are not in
  /// the tables yet.
  explicit row_reader(database& in, const batch_buffer* fresh = nullptr);

  /// Nothing if there is no such row.
  std::optional<event> event_at(std::uint64_t seq);
  std::optional<stored_answer> answer_at(std::uint64_t number);
  /// The same where a row must be: a hole is `journal_error::corrupt`.
  event must_event(std::uint64_t seq);
  stored_answer must_answer(std::uint64_t number);
  /// The same for the event that must have closed what event `grant_seq`
  /// granted.
  event must_close(std::uint64_t seq, std::uint64_t grant_seq);

  /// See `journal::scan`. The log ends at `last_seq`.
  event_page scan(std::uint64_t after, std::size_t limit,
                  const event_filter& filter, std::uint64_t last_seq);

  /// The newest batch with an id of at most `id_max`, or nothing.
  std::optional<batch_row> batch_at_most(std::uint64_t id_max);
  /// The hash that `batch` should have. Throws `corrupt` if rows are missing.
  digest rehash(const batch_row& batch, const digest& before, sha256& with);

private:
  event read_event(const row_view& row);
  stored_answer read_answer(const row_view& row);
  std::optional<row_view> fresh_event(std::uint64_t seq) const;

  const batch_buffer* fresh_;
  statement event_;
  statement answer_;
  statement events_after_;
  statement answers_after_;
  statement batch_;
  std::string scratch_;
};

/// A row of a statement that selects number, store, SKU and body.
row_view row_of(statement& from);

/// A row of a statement that selects `batch_columns`.
batch_row batch_of(statement& from);
inline constexpr const char* batch_columns =
    "id, first_seq, last_seq, first_answer, last_answer, hash";

} // namespace holdfast::storage
