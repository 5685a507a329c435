#include "row_writer.hpp"

#include <utility>

namespace holdfast::storage {

namespace {

constexpr int columns = 4;

std::string insert_of(const std::string& table, const std::string& number,
                      std::size_t rows) {
  auto sql = "INSERT INTO " + table + "(" + number + ", store, sku, body) "
             + "VALUES(?, ?, ?, ?)";
  for (std::size_t i = 1; i < rows; ++i)
    sql += ", (?, ?, ?, ?)";
  return sql;
}

void bind_row(statement& into, std::size_t index, const row_view& row) {
  const auto before = static_cast<int>(index) * columns;
  into.bind(before + 1, row.number);
  into.bind_text(before + 2, row.store);
  into.bind_text(before + 3, row.sku);
  into.bind_blob(before + 4, row.body);
}

} // namespace

row_writer::inserts::inserts(database& in, const std::string& table,
                             const std::string& number)
    : one(in, insert_of(table, number, 1)), in(in), table(table),
      number(number) {
  // nop
}

statement& row_writer::inserts::many() {
  if (!crowded)
    crowded.emplace(in, insert_of(table, number, crowd));
  return *crowded;
}

row_writer::row_writer(database& in, const std::string& prefix)
    : events_(in, prefix + "events", "seq"),
      answers_(in, prefix + "answers", "number"),
      closed_(in, "INSERT INTO " + prefix
                      + "closed(grant_seq, close_seq) VALUES(?1, ?2)"),
      batch_(in, "INSERT INTO " + prefix
                     + "batches(id, first_seq, last_seq, first_answer,"
                       " last_answer, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6)") {
  // nop
}

void row_writer::put(row_kind kind, const row_view& row) {
  auto& into = of(kind).one;
  bind_row(into, 0, row);
  into.run();
}

void row_writer::gather(row_kind kind, const row_view& row) {
  if (kind != kind_)
    flush();
  kind_ = kind;
  gathered_[count_++] = row;
  if (count_ < crowd)
    return;
  count_ = 0;
  auto& into = of(kind).many();
  for (std::size_t i = 0; i < crowd; ++i)
    bind_row(into, i, gathered_[i]);
  into.run();
}

void row_writer::flush() {
  const auto count = std::exchange(count_, 0);
  for (std::size_t i = 0; i < count; ++i)
    put(kind_, gathered_[i]);
}

void row_writer::put(const closed_row& row) {
  closed_.bind(1, row.grant_seq);
  closed_.bind(2, row.close_seq);
  closed_.run();
}

void row_writer::put(const batch_row& row) {
  batch_.bind(1, row.end.batch);
  batch_.bind(2, row.first_seq);
  batch_.bind(3, row.end.last_seq);
  batch_.bind(4, row.first_answer);
  batch_.bind(5, row.end.last_answer);
  const auto& hash = row.end.hash;
  batch_.bind_blob(6,
                   {reinterpret_cast<const char*>(hash.data()), hash.size()});
  batch_.run();
}

void row_writer::put(const batch_buffer& batch) {
  // What an error left there lives no more.
  count_ = 0;
  batch.for_each_row(
      [this](row_kind kind, const row_view& row) { gather(kind, row); });
  flush();
  for (const auto& each : batch.closed())
    put(each);
  put(batch.row());
}

void row_writer::put(const batch_record& record) {
  count_ = 0;
  for (const auto& [kind, row] : record.rows) {
    gather(kind, row);
    if (kind != row_kind::event)
      continue;
    const auto body = checked_body(kind, row, scratch_);
    const auto change = decode_event(row.number, row.store, row.sku, body);
    if (closes_hold(change))
      put(closed_row{change.hold.ref.grant_seq, change.seq});
  }
  flush();
  put(record.batch);
}

} // namespace holdfast::storage
