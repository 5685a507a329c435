#include "batch_layout.hpp"

#include <algorithm>

#include "byte_codec.hpp"
#include "checksum.hpp"

namespace holdfast::storage {

namespace layout {

namespace {

static_assert(record_magic.size() + 2 * sizeof(std::uint32_t)
              == record_header_bytes);

/// The text has its hash; this covers the rest.
std::uint64_t sum_of(std::string_view header, std::string_view ends) noexcept {
  return checksum(header) ^ checksum(ends);
}

/// A record taken apart, not looked into.
struct parts {
  std::string_view text;
  /// The end of each row inside the text, then the hash.
  std::string_view ends;
  std::size_t rows = 0;
};

std::optional<parts> take_apart(std::string_view bytes) {
  if (bytes.size() < record_header_bytes || !bytes.starts_with(record_magic))
    return std::nullopt;
  const auto header = bytes.substr(0, record_header_bytes);
  byte_reader sizes(header.substr(record_magic.size()));
  const std::size_t text_bytes = sizes.fixed32();
  parts made;
  made.rows = sizes.fixed32();
  const auto ends_bytes = made.rows * sizeof(std::uint32_t) + sizeof(digest);
  if (text_bytes < batch_header_bytes
      || bytes.size() - record_header_bytes
             < text_bytes + ends_bytes + checksum_bytes)
    return std::nullopt;
  made.text = bytes.substr(record_header_bytes, text_bytes);
  made.ends = bytes.substr(record_header_bytes + text_bytes, ends_bytes);
  byte_reader sum(bytes.substr(record_header_bytes + text_bytes + ends_bytes,
                               checksum_bytes));
  if (sum.fixed64() != sum_of(header, made.ends))
    return std::nullopt;
  return made;
}

digest read_digest(byte_reader& from) {
  digest result;
  const auto bytes = from.raw(result.size());
  std::copy(bytes.begin(), bytes.end(), result.begin());
  return result;
}

digest hash_of(const parts& of) {
  byte_reader last(of.ends.substr(of.ends.size() - sizeof(digest)));
  return read_digest(last);
}

batch_record read_parts(const parts& of) {
  batch_record made;
  byte_reader header(of.text.substr(0, batch_header_bytes));
  made.before = read_digest(header);
  auto& batch = made.batch;
  batch.end.batch = header.fixed64();
  batch.first_seq = header.fixed64();
  batch.end.last_seq = header.fixed64();
  batch.first_answer = header.fixed64();
  batch.end.last_answer = header.fixed64();
  byte_reader ends(of.ends);
  std::size_t start = batch_header_bytes;
  made.rows.reserve(of.rows);
  for (std::size_t i = 0; i < of.rows; ++i) {
    const std::size_t end = ends.fixed32();
    if (end <= start || end > of.text.size())
      byte_reader::damaged("a row ends outside of its batch");
    made.rows.push_back(read_row(of.text.substr(start, end - start)));
    start = end;
  }
  batch.end.hash = read_digest(ends);
  made.size =
      record_header_bytes + of.text.size() + of.ends.size() + checksum_bytes;
  return made;
}

} // namespace

void put_batch_header(std::string& out, const digest& before,
                      const batch_row& batch) {
  byte_writer to(out, batch_header_bytes);
  to.raw(before.data(), before.size());
  to.fixed64(batch.end.batch);
  to.fixed64(batch.first_seq);
  to.fixed64(batch.end.last_seq);
  to.fixed64(batch.first_answer);
  to.fixed64(batch.end.last_answer);
}

void put_record_ends(std::string& bytes, const digest& hash,
                     const row_ends& ends) {
  const auto rows = ends.events.size() + ends.answers.size();
  const auto text_end = bytes.size();
  std::string header;
  {
    byte_writer to(header, record_header_bytes);
    to.raw(record_magic.data(), record_magic.size());
    to.fixed32(static_cast<std::uint32_t>(text_end - record_header_bytes));
    to.fixed32(static_cast<std::uint32_t>(rows));
  }
  bytes.replace(0, record_header_bytes, header);
  {
    byte_writer to(bytes, rows * sizeof(std::uint32_t) + hash.size());
    to.raw(ends.events.data(), ends.events.size_bytes());
    to.raw(ends.answers.data(), ends.answers.size_bytes());
    to.raw(hash.data(), hash.size());
  }
  const auto sum = sum_of(header, std::string_view(bytes).substr(text_end));
  byte_writer(bytes, checksum_bytes).fixed64(sum);
}

std::pair<row_kind, row_view> read_row(std::string_view text) {
  byte_reader from(text);
  const auto kind = static_cast<row_kind>(from.byte());
  row_view row;
  row.number = from.fixed64();
  row.store = from.text();
  row.sku = from.text();
  row.body = from.rest();
  constexpr auto size_bytes = sizeof(std::uint32_t);
  if (row.body.size() < size_bytes)
    byte_reader::damaged("a row has no size");
  row.body.remove_suffix(size_bytes);
  return {kind, row};
}

} // namespace layout

std::optional<batch_record> read_record(std::string_view bytes, sha256& with) {
  const auto found = layout::take_apart(bytes);
  // A torn write leaves the ends of rows that are not there, so nothing is
  // read of the text before its hash was.
  if (!found || with(found->text) != layout::hash_of(*found))
    return std::nullopt;
  return layout::read_parts(*found);
}

} // namespace holdfast::storage
