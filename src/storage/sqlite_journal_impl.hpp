// The parts of the journal on disk, and how they are used together.
#pragma once

#include <memory>

#include "dead_letter_table.hpp"
#include "guarded.hpp"
#include "log_mover.hpp"
#include "next_rows.hpp"
#include "opened_journal.hpp"
#include "redo_log.hpp"
#include "row_reader.hpp"
#include "row_writer.hpp"
#include "sku_loader.hpp"
#include "snapshot_table.hpp"
#include "sqlite_journal.hpp"

namespace holdfast::storage {

/// A snapshot on its way into the tables.
struct taken_snapshot {
  sku_key names;
  chain_ends ends;
  stock state;
};

/// See `journal`. A commit makes a batch durable in the redo log and leaves it
/// to later calls to move it into the tables, in transactions that hold many
/// batches. Until then look-ups find its rows in memory.
class sqlite_journal final : public journal {
public:
  sqlite_journal(const journal_options& options, opened_journal opened);
  ~sqlite_journal() override;

  void begin() override;
  void append(stock_change& change, const origin& from) override;
  void remember(remembered_answer& answer) override;
  void snapshot(const std::string& store, const std::string& sku,
                const stock& state) override;
  void commit() override;
  void rollback() noexcept override;
  void catch_up() override;
  bool seal() override;
  loaded_sku load(const std::string& store, const std::string& sku,
                  std::int64_t keys_since_ms) override;
  bool walk_keys(const std::string& store, const std::string& sku,
                 std::int64_t keys_since_ms, key_walk& walk,
                 std::size_t rows) override;
  std::optional<event> event_at(std::uint64_t seq) override;
  std::optional<remembered_answer> answer_at(std::uint64_t number) override;
  std::optional<event> closing_event(std::uint64_t grant_seq) override;
  event_page scan(std::uint64_t after, std::size_t limit,
                  const event_filter& filter) override;
  std::uint64_t last_seq() const override;
  std::int64_t last_time_ms() const override;
  std::size_t checkpoint(std::size_t budget, bool all) override;
  bool bury(dead_letter& letter) override;
  bool remove_letter(std::uint64_t id) override;
  std::optional<dead_letter> letter_at(std::uint64_t id) override;
  std::vector<dead_letter> letters(std::uint64_t after,
                                   std::size_t limit) override;
  std::uint64_t letter_of(const origin& from,
                          const reservation_ref& ref) const override;
  std::size_t letter_count() const override;

private:
  /// Runs `work`, unless this journal has failed, and notes if it fails now.
  template <class F>
  auto guarded(F work);
  /// The same inside one read transaction, which takes its locks once and not
  /// once per row.
  template <class F>
  auto reading(F work);
  log_position next() const noexcept;
  void write_batch();
  /// Letters have no place in the redo log: what changes them goes into the
  /// tables at once, with all that went before, in one synced commit.
  void commit_with_letters();
  void append_record(std::string_view record);
  /// Runs `work` on the redo log, once more with an empty one if there is no
  /// room.
  template <class F>
  void with_room(F work);
  void make_ready();

  void open_transaction();
  /// Ends a transaction that may hold batches: they will be read back from the
  /// redo log.
  void abandon_transaction() noexcept;
  /// Puts everything that is durable into the tables, in the open transaction.
  void absorb();
  void put_lost_batches();
  /// Batches that a lost transaction took out of the tables.
  void bring_back() {
    if (has_lost_batches_)
      absorb();
  }
  void put(const taken_snapshot& taken);
  void commit_tables();
  /// Makes the tables durable, and the redo log empty.
  void settle();
  void note_settled();

  /// SQLite's log has so many pages now.
  void note_log(std::uint64_t pages);
  /// There is nothing in it that the database lacks.
  void note_all_moved();
  void move_log_if_due();
  void end_move();
  void move_log();
  std::uint64_t tail_rows_max() const noexcept;
  std::size_t advance_tail(std::size_t budget, std::uint64_t rows_max);

  journal_options options_;
  journal_meta meta_;
  std::unique_ptr<database> content_;
  high_water_mark mark_;
  redo_log redo_;
  sku_heads heads_;
  newest durable_;
  /// Durable, and what the open batch added.
  newest now_;
  /// The last batch that the tables have for good.
  std::uint64_t settled_ = 0;
  /// The batch that is open, or the last one while the tables lack it.
  batch_buffer batch_;
  /// Between `begin` and `commit` or `rollback`.
  bool is_open_ = false;
  /// `batch_` is durable, and not in the tables.
  bool is_pending_ = false;
  /// A transaction was lost with batches in it.
  bool has_lost_batches_ = false;
  /// Snapshots of the open batch, those that the tables lack, and those that
  /// a lost transaction would take along.
  std::vector<taken_snapshot> taken_;
  std::vector<taken_snapshot> waiting_;
  std::vector<taken_snapshot> put_;
  sha256 hash_;
  /// The start found no room for a batch. What begins says so, and not first
  /// what commits: it is how one learns of it before there is anything to
  /// write.
  bool is_short_ = false;
  bool failed_ = false;
  /// 0 once they are all moved, and before the first commit.
  std::uint64_t log_pages_ = 0;
  /// When the log of SQLite is looked at again.
  std::uint64_t log_pages_due_ = 0;
  /// Null if the log is moved between two transactions.
  std::unique_ptr<log_mover> mover_;

  row_reader rows_;
  row_writer tables_;
  snapshot_table snapshots_;
  next_rows next_{heads_, snapshots_, batch_, now_};
  dead_letter_table letters_;
  statement begin_;
  statement commit_;
  statement rollback_;
  statement find_closed_;
};

template <class F>
auto sqlite_journal::guarded(F work) {
  return storage::guarded(failed_, std::move(work));
}

template <class F>
void sqlite_journal::with_room(F work) {
  try {
    work();
  } catch (const journal_error& error) {
    if (error.is() != journal_error::kind::full || redo_.empty())
      throw;
    // There is room once it starts again.
    settle();
    work();
  }
}

template <class F>
auto sqlite_journal::reading(F work) {
  return guarded([&] {
    absorb();
    if (content_->in_transaction())
      return work();
    begin_.run();
    try {
      auto result = work();
      commit_.run();
      return result;
    } catch (...) {
      abandon_transaction();
      throw;
    }
  });
}

} // namespace holdfast::storage
