#include "batch_buffer.hpp"

#include "byte_codec.hpp"
#include "checksum.hpp"

namespace holdfast::storage {

namespace {

constexpr std::size_t sum_bytes = sizeof(std::uint32_t);
/// The hash before, and the row of the batch without its hash.
constexpr std::size_t header_bytes = sizeof(digest) + 5 * sizeof(std::uint64_t);

void put_names(std::string& out, row_kind kind, std::uint64_t number,
               std::string_view store, std::string_view sku) {
  byte_writer row(out, 1 + sizeof(number) + 2 * varint_bytes_max + store.size()
                           + sku.size());
  row.byte(static_cast<std::uint8_t>(kind));
  row.fixed64(number);
  row.text(store);
  row.text(sku);
}

/// The upper half, which every bit of the text has reached.
std::uint32_t sum_of(std::string_view row) noexcept {
  return static_cast<std::uint32_t>(checksum(row) >> 32);
}

} // namespace

void batch_buffer::clear() {
  bytes_.assign(header_bytes, '\0');
  answers_.clear();
}

bool batch_buffer::empty() const noexcept {
  return bytes_.size() == header_bytes && answers_.empty();
}

row_view batch_buffer::add(const event& change) {
  const auto start = bytes_.size();
  put_names(bytes_, row_kind::event, change.seq, change.from.store,
            change.from.sku);
  const auto body = bytes_.size();
  encode_event(change, bytes_);
  return close_row(bytes_, start, body,
                   {change.seq, change.from.store, change.from.sku, {}});
}

row_view batch_buffer::add(const remembered_answer& answer,
                           std::uint64_t prev_number) {
  const auto start = answers_.size();
  put_names(answers_, row_kind::answer, answer.number, answer.from.store,
            answer.from.sku);
  const auto body = answers_.size();
  encode_answer(answer, prev_number, answers_);
  return close_row(answers_, start, body,
                   {answer.number, answer.from.store, answer.from.sku, {}});
}

row_view batch_buffer::close_row(std::string& out, std::size_t start,
                                 std::size_t body, row_view row) {
  const auto sum = sum_of(std::string_view(out).substr(start));
  const auto size = out.size() + sum_bytes - body;
  {
    byte_writer end(out, sum_bytes + sizeof(std::uint32_t));
    end.fixed32(sum);
    end.fixed32(static_cast<std::uint32_t>(size));
  }
  row.body = std::string_view(out).substr(body, size);
  return row;
}

void batch_buffer::add_stored(row_kind kind, const row_view& row) {
  auto& out = kind == row_kind::event ? bytes_ : answers_;
  put_names(out, kind, row.number, row.store, row.sku);
  out.append(row.body);
  const auto size = static_cast<std::uint32_t>(row.body.size());
  byte_writer(out, sizeof(size)).fixed32(size);
}

digest batch_buffer::hash(sha256& with, const digest& before,
                          const batch_row& batch) {
  std::string header;
  {
    byte_writer out(header, header_bytes);
    out.raw(before.data(), before.size());
    out.fixed64(batch.end.batch);
    out.fixed64(batch.first_seq);
    out.fixed64(batch.end.last_seq);
    out.fixed64(batch.first_answer);
    out.fixed64(batch.end.last_answer);
  }
  bytes_.replace(0, header_bytes, header);
  bytes_.append(answers_);
  return with(bytes_);
}

std::string_view checked_body(row_kind kind, const row_view& row,
                              std::string& scratch) {
  const auto damaged = [&](const char* why) {
    throw journal_error(
        journal_error::kind::corrupt,
        std::string(kind == row_kind::event ? "event " : "answer ")
            + std::to_string(row.number) + " is damaged: " + why);
  };
  if (row.body.size() < sum_bytes)
    damaged("it has no checksum");
  const auto body = row.body.substr(0, row.body.size() - sum_bytes);
  scratch.clear();
  put_names(scratch, kind, row.number, row.store, row.sku);
  scratch.append(body);
  byte_reader sum(row.body.substr(body.size()));
  if (sum.fixed32() != sum_of(scratch))
    damaged("its checksum is not its own");
  return body;
}

} // namespace holdfast::storage
