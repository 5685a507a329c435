// The rows of one transaction as one text, which is what its hash is over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "event_codec.hpp"
#include "high_water_mark.hpp"
#include "src/crypto/sha256.hpp"

namespace holdfast::storage {

using crypto::sha256;

/// Which table a row is in; the first byte of its canonical form.
enum class row_kind : char { event = 'e', answer = 'a' };

/// A row of `events` or `answers`. `body` ends with a checksum of the row.
struct row_view {
  std::uint64_t number = 0;
  std::string_view store;
  std::string_view sku;
  std::string_view body;
};

/// A row of `closed`: an event closed the reservation that another granted.
struct closed_row {
  std::uint64_t grant_seq = 0;
  std::uint64_t close_seq = 0;
};

/// A row of `batches`. An empty range ends before it starts.
struct batch_row {
  std::uint64_t first_seq = 1;
  std::uint64_t first_answer = 1;
  journal_end end;
};

/// Collects the rows of a transaction: events in their order, then answers in
/// theirs, however they were mixed when they came.
class batch_buffer {
public:
  batch_buffer() {
    clear();
  }

  void clear();
  bool empty() const noexcept {
    return events_.ends.empty() && answers_.ends.empty();
  }

  /// Rows come with numbers that have no gaps.
  void add(const stock_change& change, const origin& from);
  void add(const remembered_answer& answer, std::uint64_t prev_number);
  /// Adds a row as it was stored.
  void add_stored(row_kind kind, const row_view& row);

  /// The hash of `batch` after the batch whose hash is `before`. Ends the
  /// collecting: rows can be looked up from here on, but not added.
  digest hash(sha256& with, const digest& before, const batch_row& batch);
  /// The hashed batch as a record of the redo log. Call it once.
  std::string_view record();

  /// Rows of this batch, while it is collected and after; views live until the
  /// next row is added.
  std::optional<row_view> event_row(std::uint64_t seq) const;
  std::optional<row_view> answer_row(std::uint64_t number) const;
  /// The event of this batch that closed what event `grant_seq` granted, or 0.
  std::uint64_t closing_of(std::uint64_t grant_seq) const noexcept;

  /// Calls `visit(kind, row)` for each row.
  template <class F>
  void for_each_row(F visit) const {
    for (std::size_t i = 0; i < events_.ends.size(); ++i)
      visit(row_kind::event, row_at(events_, i));
    for (std::size_t i = 0; i < answers_.ends.size(); ++i)
      visit(row_kind::answer, row_at(answers_, i));
  }
  /// Of the batch that was hashed last.
  const batch_row& row() const noexcept {
    return row_;
  }
  /// Grants and the events that closed them.
  const std::vector<closed_row>& closed() const noexcept {
    return closed_;
  }

private:
  /// Rows of one kind inside a text.
  struct section {
    std::uint64_t first_number = 0;
    /// Where the first row starts, and where each ends.
    std::uint32_t start = 0;
    std::vector<std::uint32_t> ends;
  };

  static void end_row(std::string& out, std::size_t start, std::size_t body);
  static void note_row(section& of, std::uint64_t number,
                       const std::string& text);
  std::string_view text_of(const section& of) const noexcept;
  row_view row_at(const section& of, std::size_t index) const;
  std::optional<row_view> find(const section& in, std::uint64_t number) const;

  /// Room for the headers of record and batch, the events, and once collecting
  /// has ended the answers and the end of the record.
  std::string bytes_;
  std::string answer_bytes_;
  section events_;
  section answers_;
  bool is_closed_ = false;
  batch_row row_;
  std::vector<closed_row> closed_;
};

/// A batch that was read back from the redo log. Views into what was read.
struct batch_record {
  digest before{};
  batch_row batch;
  std::vector<std::pair<row_kind, row_view>> rows;
  /// Bytes it takes.
  std::size_t size = 0;
};

/// The record that `bytes` begin with, or nothing if they begin with no whole
/// one that is as it was written.
std::optional<batch_record> read_record(std::string_view bytes, sha256& with);

/// What every record begins with.
inline constexpr std::string_view record_magic = "hfredo\x01\n";

/// The body of a stored row without its checksum, which must be right, or
/// `journal_error::corrupt` is thrown. `scratch` is memory to reuse.
std::string_view checked_body(row_kind kind, const row_view& row,
                              std::string& scratch);

} // namespace holdfast::storage
