#include "row_writer.hpp"

namespace holdfast::storage {

row_writer::row_writer(database& in, const std::string& prefix)
    : event_(in, "INSERT INTO " + prefix
                     + "events(seq, store, sku, body) VALUES(?1, ?2, ?3, ?4)"),
      answer_(in,
              "INSERT INTO " + prefix
                  + "answers(number, store, sku, body) VALUES(?1, ?2, ?3, ?4)"),
      closed_(in, "INSERT INTO " + prefix
                      + "closed(grant_seq, close_seq) VALUES(?1, ?2)"),
      batch_(in, "INSERT INTO " + prefix
                     + "batches(id, first_seq, last_seq, first_answer,"
                       " last_answer, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6)") {
  // nop
}

void row_writer::put(row_kind kind, const row_view& row) {
  auto& into = kind == row_kind::event ? event_ : answer_;
  into.bind(1, row.number);
  into.bind_text(2, row.store);
  into.bind_text(3, row.sku);
  into.bind_blob(4, row.body);
  into.run();
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

void row_writer::put(const batch_record& record) {
  for (const auto& [kind, row] : record.rows) {
    put(kind, row);
    if (kind != row_kind::event)
      continue;
    const auto body = checked_body(kind, row, scratch_);
    const auto change = decode_event(row.number, row.store, row.sku, body);
    if (closes_hold(change))
      put(closed_row{change.hold.ref.grant_seq, change.seq});
  }
  put(record.batch);
}

} // namespace holdfast::storage
