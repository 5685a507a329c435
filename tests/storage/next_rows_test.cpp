// The last numbers that rows can have.
#include "src/storage/next_rows.hpp"

#include <doctest/doctest.h>

#include "harness.hpp"
#include "holdfast/limits.hpp"
#include "src/storage/schema.hpp"
#include "workload.hpp"

using namespace holdfast;
using namespace holdfast::storage;
using namespace holdfast::storage::testing;

namespace {

/// The tables of a new journal.
struct tables : database {
  explicit tables(const temp_dir& in)
      : database(journal_path(in.path()), access::create) {
    create_schema(*this);
  }
};

struct long_journal {
  long_journal() {
    heads.begin({});
  }
  void add(event row) {
    rows.add(row, row.from);
  }
  void add(remembered_answer row) {
    rows.add(row);
  }
  /// Adds `row`, for which there is no number.
  template <class Row>
  void refuse(Row row) {
    const auto before = now;
    try {
      add(row);
      FAIL("it has got a number");
    } catch (const journal_error& error) {
      CHECK(error.is() == journal_error::kind::full);
    }
    CHECK(now.end == before.end);
  }

  temp_dir dir;
  tables content{dir};
  snapshot_table snapshots{content};
  sku_heads heads;
  batch_buffer batch;
  newest now;
  next_rows rows{heads, snapshots, batch, now};
};

} // namespace

TEST_CASE_FIXTURE(long_journal, "an event has no number beyond the last one") {
  now.end.last_seq = limits::seq_max - 1;
  auto change = delivery({}, {"s", "A"}, 1, 1);
  rows.add(change, change.from);
  CHECK(change.seq == limits::seq_max);
  refuse(delivery({}, {"s", "B"}, 1, 1));
  CHECK(heads.find({"s", "B"}) == nullptr);
  CHECK(batch.event_row(limits::seq_max));
  CHECK_FALSE(batch.event_row(limits::seq_max + 1));
}

TEST_CASE_FIXTURE(long_journal, "an answer has none beyond the last either") {
  now.end.last_answer = limits::seq_max - 1;
  auto answer = refused({"s", "A"}, 1, "k1");
  rows.add(answer);
  CHECK(answer.number == limits::seq_max);
  refuse(refused({"s", "A"}, 1, "k2"));
  CHECK(heads.find({"s", "A"})->answer == limits::seq_max);
}
