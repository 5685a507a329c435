// The rows of one transaction as one text, which is what its hash is over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "event_codec.hpp"
#include "high_water_mark.hpp"
#include "sha256.hpp"

namespace holdfast::storage {

/// Which table a row is in; the first byte of its canonical form.
enum class row_kind : char { event = 'e', answer = 'a' };

/// A row of `events` or `answers`. `body` ends with a checksum of the row.
struct row_view {
  std::uint64_t number = 0;
  std::string_view store;
  std::string_view sku;
  std::string_view body;
};

/// A row of `batches`. An empty range ends before it starts.
struct batch_row {
  std::uint64_t first_seq = 1;
  std::uint64_t first_answer = 1;
  journal_end end;
};

/// Collects rows: events in their order, then answers in theirs, however they
/// were mixed when they came.
class batch_buffer {
public:
  batch_buffer() {
    clear();
  }

  void clear();
  bool empty() const noexcept;

  /// Encodes a row; the views live until the next one is added.
  row_view add(const event& change);
  row_view add(const remembered_answer& answer, std::uint64_t prev_number);
  /// Adds a row as it was stored.
  void add_stored(row_kind kind, const row_view& row);

  /// The hash of `batch` after the batch whose hash is `before`. Ends the
  /// collecting.
  digest hash(sha256& with, const digest& before, const batch_row& batch);

private:
  /// Ends the row of `out` that starts at `start`; `row` is complete but for
  /// its body.
  static row_view close_row(std::string& out, std::size_t start,
                            std::size_t body, row_view row);

  /// Room for the header, then the events.
  std::string bytes_;
  std::string answers_;
};

/// The body of a stored row without its checksum, which must be right, or
/// `journal_error::corrupt` is thrown. `scratch` is memory to reuse.
std::string_view checked_body(row_kind kind, const row_view& row,
                              std::string& scratch);

} // namespace holdfast::storage
