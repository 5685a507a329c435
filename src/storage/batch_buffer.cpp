#include "batch_buffer.hpp"

#include "batch_layout.hpp"
#include "byte_codec.hpp"
#include "checksum.hpp"

namespace holdfast::storage {

namespace {

constexpr std::size_t row_sum_bytes = sizeof(std::uint32_t);

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
  bytes_.assign(layout::record_header_bytes + layout::batch_header_bytes, '\0');
  answer_bytes_.clear();
  events_.ends.clear();
  events_.start = layout::batch_header_bytes;
  answers_.ends.clear();
  answers_.start = 0;
  is_closed_ = false;
  closed_.clear();
}

void batch_buffer::add(const stock_change& change, const origin& from) {
  const auto start = bytes_.size();
  put_names(bytes_, row_kind::event, change.seq, from.store, from.sku);
  const auto body = bytes_.size();
  encode_event(change, from, bytes_);
  end_row(bytes_, start, body);
  note_row(events_, change.seq, bytes_);
  if (closes_hold(change))
    closed_.push_back({change.hold.ref.grant_seq, change.seq});
}

void batch_buffer::add(const remembered_answer& answer,
                       std::uint64_t prev_number) {
  const auto start = answer_bytes_.size();
  put_names(answer_bytes_, row_kind::answer, answer.number, answer.from.store,
            answer.from.sku);
  const auto body = answer_bytes_.size();
  encode_answer(answer, prev_number, answer_bytes_);
  end_row(answer_bytes_, start, body);
  note_row(answers_, answer.number, answer_bytes_);
}

void batch_buffer::add_stored(row_kind kind, const row_view& row) {
  const auto is_event = kind == row_kind::event;
  auto& out = is_event ? bytes_ : answer_bytes_;
  put_names(out, kind, row.number, row.store, row.sku);
  out.append(row.body);
  const auto size = static_cast<std::uint32_t>(row.body.size());
  byte_writer(out, sizeof(size)).fixed32(size);
  note_row(is_event ? events_ : answers_, row.number, out);
}

void batch_buffer::end_row(std::string& out, std::size_t start,
                           std::size_t body) {
  const auto sum = sum_of(std::string_view(out).substr(start));
  const auto size = out.size() + row_sum_bytes - body;
  byte_writer end(out, row_sum_bytes + sizeof(std::uint32_t));
  end.fixed32(sum);
  end.fixed32(static_cast<std::uint32_t>(size));
}

void batch_buffer::note_row(section& of, std::uint64_t number,
                            const std::string& text) {
  if (of.ends.empty())
    of.first_number = number;
  // The text of events follows the header of the record.
  const auto skipped = of.start != 0 ? layout::record_header_bytes : 0;
  of.ends.push_back(static_cast<std::uint32_t>(text.size() - skipped));
}

digest batch_buffer::hash(sha256& with, const digest& before,
                          const batch_row& batch) {
  std::string header;
  layout::put_batch_header(header, before, batch);
  bytes_.replace(layout::record_header_bytes, header.size(), header);
  answers_.start =
      static_cast<std::uint32_t>(bytes_.size() - layout::record_header_bytes);
  for (auto& end : answers_.ends)
    end += answers_.start;
  bytes_.append(answer_bytes_);
  is_closed_ = true;
  row_ = batch;
  row_.end.hash =
      with(std::string_view(bytes_).substr(layout::record_header_bytes));
  return row_.end.hash;
}

std::string_view batch_buffer::record() {
  layout::put_record_ends(bytes_, row_.end.hash, {events_.ends, answers_.ends});
  return bytes_;
}

std::string_view batch_buffer::text_of(const section& of) const noexcept {
  if (&of == &answers_ && !is_closed_)
    return answer_bytes_;
  return std::string_view(bytes_).substr(layout::record_header_bytes);
}

row_view batch_buffer::row_at(const section& of, std::size_t index) const {
  const auto start = index == 0 ? of.start : of.ends[index - 1];
  return layout::read_row(text_of(of).substr(start, of.ends[index] - start))
      .second;
}

std::optional<row_view> batch_buffer::find(const section& in,
                                           std::uint64_t number) const {
  if (number < in.first_number || number - in.first_number >= in.ends.size())
    return std::nullopt;
  return row_at(in, number - in.first_number);
}

std::optional<row_view> batch_buffer::event_row(std::uint64_t seq) const {
  return find(events_, seq);
}

std::optional<row_view> batch_buffer::answer_row(std::uint64_t number) const {
  return find(answers_, number);
}

std::uint64_t batch_buffer::closing_of(std::uint64_t grant_seq) const noexcept {
  for (const auto& each : closed_)
    if (each.grant_seq == grant_seq)
      return each.close_seq;
  return 0;
}

std::string_view checked_body(row_kind kind, const row_view& row,
                              std::string& scratch) {
  const auto damaged = [&](const char* why) {
    throw journal_error(
        journal_error::kind::corrupt,
        std::string(kind == row_kind::event ? "event " : "answer ")
            + std::to_string(row.number) + " is damaged: " + why);
  };
  if (row.body.size() < row_sum_bytes)
    damaged("it has no checksum");
  const auto body = row.body.substr(0, row.body.size() - row_sum_bytes);
  scratch.clear();
  put_names(scratch, kind, row.number, row.store, row.sku);
  scratch.append(body);
  byte_reader sum(row.body.substr(body.size()));
  if (sum.fixed32() != sum_of(scratch))
    damaged("its checksum is not its own");
  return body;
}

} // namespace holdfast::storage
