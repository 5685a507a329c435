#include "sqlite_ledger.hpp"

#include <algorithm>
#include <utility>

#include "corrupt.hpp"
#include "event_codec.hpp"
#include "high_water_mark.hpp"
#include "read_connection.hpp"
#include "redo_overlay.hpp"
#include "row_reader.hpp"
#include "schema.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

namespace {

using phase = ledger_position::phase;

/// How often a mark that looks torn is read again.
constexpr int tries = 5;

class sqlite_ledger final : public ledger {
public:
  sqlite_ledger(const std::string& data_dir, disk_ptr on)
      : on_(std::move(on)), data_dir_(data_dir),
        content_(open_read_only(data_dir, *on_)),
        redo_(*content_, data_dir, *on_),
        snapshots_(*content_,
                   "SELECT seq, store, sku, state, last_answer FROM snapshots"
                   " WHERE (store, sku) > (?1, ?2) ORDER BY store, sku"),
        events_(*content_, "SELECT seq, store, sku, body FROM events"
                           " WHERE seq > ?1 ORDER BY seq"),
        last_(*content_, "SELECT seq FROM events ORDER BY seq DESC LIMIT 1") {
    // nop
  }

  ledger_page read(const ledger_position& from, std::size_t limit) override {
    ledger_page page;
    page.next = from;
    if (from.seen.seq != 0 && mark_at(from.seen.seq) != from.seen)
      page.is_other = true;
    else if (from.is == phase::events)
      read_changes(page, limit);
    else
      read_records(page, limit);
    return page;
  }

private:
  /// All zero if the log ends before. It does not matter how far it is
  /// acknowledged: who was told of an event finds it.
  ledger_mark mark_at(std::uint64_t seq) {
    if (visible_seq() < seq)
      redo_.refresh();
    if (visible_seq() < seq)
      return {};
    const rewind_at_end rewind(events_);
    events_.bind(1, seq - 1);
    return mark_of(change_at(seq));
  }

  void read_records(ledger_page& page, std::size_t limit) {
    auto& at = page.next;
    // Before any snapshot is read: later ones only cover more.
    if (at.is == phase::fresh)
      at.seq = read_meta(*content_).tail.seq - 1;
    at.is = read_rows(page, limit) ? phase::records : phase::events;
    if (at.is == phase::events)
      check_count();
    // After them: no snapshot is newer than this.
    page.last_seq = acknowledged_seq();
    const auto newest = std::min(visible_seq(), page.last_seq);
    if (newest > at.seen.seq)
      at.seen = mark_at(newest);
  }

  /// False after the last row.
  bool read_rows(ledger_page& page, std::size_t limit) {
    const rewind_at_end rewind(snapshots_);
    const auto [store, sku] = std::pair(page.next.store, page.next.sku);
    snapshots_.bind_text(1, store);
    snapshots_.bind_text(2, sku);
    for (std::size_t i = 0; i < limit; ++i) {
      if (!snapshots_.step())
        return false;
      const auto row = row_of(snapshots_);
      const auto state = checked_state({row.store, row.sku}, row.number,
                                       snapshots_.number(4), row.body);
      page.next.store = row.store;
      page.next.sku = row.sku;
      const auto record = decode_record(state);
      if (record.version != 0)
        page.records.push_back({page.next.store, page.next.sku, record});
    }
    return true;
  }

  /// A row that is gone is met by nobody. A disk that was full at the start may
  /// have had no room for the table of a journal from before there was one.
  /// Once is enough, and who comes again because this took too long is not to
  /// wait for it again.
  void check_count() {
    if (is_counted_ || !has_table(*content_, "skus"))
      return;
    statement count(*content_, "SELECT (SELECT count(*) FROM skus),"
                               " (SELECT count(*) FROM snapshots)");
    count.step();
    if (count.number(1) < count.number(0))
      throw journal_error(
          journal_error::kind::corrupt,
          "snapshots are gone: of " + std::to_string(count.number(0)) + " SKUs "
              + std::to_string(count.number(1)) + " have theirs");
    is_counted_ = true;
  }

  void read_changes(ledger_page& page, std::size_t limit) {
    auto& at = page.next;
    page.last_seq = acknowledged_seq();
    if (at.seq >= page.last_seq)
      return;
    const auto end = std::min<std::uint64_t>(page.last_seq, at.seq + limit);
    // The redo log is read for the last pages of a round only.
    if (visible_seq() < end)
      redo_.refresh();
    const rewind_at_end rewind(events_);
    events_.bind(1, at.seq);
    page.changes.reserve(end - at.seq);
    while (at.seq < end)
      page.changes.push_back(change_at(++at.seq));
    if (at.seq > at.seen.seq)
      at.seen = mark_of(page.changes.back());
  }

  /// The next row, which must be that of event `seq`.
  ledger_change change_at(std::uint64_t seq) {
    if (!events_.step() || events_.number(0) != seq)
      corrupt("event " + std::to_string(seq) + " is missing");
    const auto row = row_of(events_);
    const auto body = checked_body(row_kind::event, row, scratch_);
    return decode_change(row.number, row.store, row.sku, body);
  }

  std::uint64_t visible_seq() {
    const rewind_at_end rewind(last_);
    return last_.step() ? last_.number(0) : 0;
  }

  /// Where the log ends, tables and redo log together. A mark that is being
  /// written may look torn, and then the other slot is older. Tables have what
  /// is durable only; the redo log shows what is not synced yet, too. Never
  /// less than before.
  std::uint64_t acknowledged_seq() {
    for (int i = 0; i < tries; ++i) {
      const auto mark = high_water_mark::read(data_dir_, *on_);
      if (mark)
        known_ = std::max(known_, mark->latest.last_seq);
      if (mark && !mark->torn)
        return known_;
    }
    statement settled(*content_, "SELECT max(seq) FROM main.events");
    settled.step();
    return known_ = std::max(known_, settled.number(0));
  }

  disk_ptr on_;
  std::string data_dir_;
  std::unique_ptr<database> content_;
  redo_overlay redo_;
  statement snapshots_;
  statement events_;
  statement last_;
  std::string scratch_;
  std::uint64_t known_ = 0;
  bool is_counted_ = false;
};

} // namespace

std::unique_ptr<ledger> open_sqlite_ledger(const std::string& data_dir,
                                           disk_ptr on) {
  return std::make_unique<sqlite_ledger>(data_dir, std::move(on));
}

} // namespace holdfast::storage
