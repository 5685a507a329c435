// The parts of a shared journal, and how they are used together.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>

#include "batch_buffer.hpp"
#include "dead_letter_table.hpp"
#include "guarded.hpp"
#include "hold_ends.hpp"
#include "lease_table.hpp"
#include "next_rows.hpp"
#include "opened_shared.hpp"
#include "process_lock.hpp"
#include "row_reader.hpp"
#include "row_writer.hpp"
#include "shared_journal.hpp"
#include "sku_loader.hpp"
#include "snapshot_table.hpp"

namespace holdfast::storage {

/// See `journal` and `shared_log`. A transaction holds the lock of all writers
/// from its first step until its mark and its leases are written, and goes on
/// where the last one of any process ended; what others wrote in between is
/// followed before anything is looked up.
class shared_journal final : public journal, public shared_log {
public:
  shared_journal(const journal_options& options, opened_shared opened);
  ~shared_journal() override;

  void begin() override;
  void append(stock_change& change, const origin& from) override;
  void remember(remembered_answer& answer) override;
  void snapshot(const std::string& store, const std::string& sku,
                const stock& state) override;
  void commit() override;
  void rollback() noexcept override;
  void catch_up() override {
    // A commit leaves nothing for later.
  }
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
  shared_log* shared() noexcept override {
    return this;
  }

  /// Learns all that others wrote so far.
  void follow_others();
  // -- shared_log
  void be_patient(std::int64_t micros) noexcept override;
  taking take(const std::string& store, const std::string& sku,
              std::int64_t now_ms) override;
  standing confirm(const std::string& store, const std::string& sku,
                   std::uint64_t token, std::int64_t now_ms) override;
  bool is_due(const leased_name& of, std::uint64_t token,
              std::int64_t now_ms) const override;
  bool is_newest(const std::string& store, const std::string& sku,
                 std::uint64_t token) override;
  void give_up(const std::string& store, const std::string& sku,
               std::uint64_t token, std::int64_t now_ms) override;
  std::vector<leased_name> wanted(std::int64_t now_ms) override;
  std::vector<leased_name> overdue(std::int64_t now_ms) override;
  taking step_in(const std::string& store, const std::string& sku,
                 std::int64_t now_ms) override;

private:
  /// A file that changes with the commit: a lease, held or left.
  struct file_change {
    sku_key of;
    lease is;
  };

  /// Runs `work`, unless this journal has failed, and notes if it fails now.
  template <class F>
  auto guarded(F work);
  /// The same in one read transaction that has followed the others.
  template <class F>
  auto reading(F work);

  // -- shared_journal.cpp
  /// Runs `attempt` again while it throws `busy` and patience lasts.
  void until_free(const std::function<void()>& attempt);
  std::chrono::microseconds patience() const noexcept;
  void lock_writers(std::chrono::microseconds patience);
  [[noreturn]] static void put_off();
  void start_transaction();
  void end_transaction() noexcept;
  void write_batch();
  void apply_file_changes();

  // -- shared_journal_follow.cpp
  void start_reading();
  /// Learns what other processes wrote, at most so many batches of it.
  void follow(std::uint64_t batches_max);
  void follow_from_afar();
  void follow_rows(statement& rows, row_kind kind, std::uint64_t last,
                   const log_position& since);
  journal_end end_before(const log_position& start);
  void follow_letters();
  log_position next() const noexcept;
  std::size_t advance_tail(std::size_t budget, std::uint64_t rows_max);

  journal_options options_;
  journal_meta meta_;
  std::unique_ptr<database> content_;
  std::shared_ptr<lease_files> files_;
  lease_policy policy_;
  process_lock writers_;
  high_water_mark mark_;
  sku_heads heads_;
  /// As far as the log was followed.
  newest known_;
  /// The first rows of which the heads know nothing yet. Everything before the
  /// first of them is covered by snapshots, which know its ends.
  log_position unread_;
  /// The same, and what the open transaction added.
  newest now_;
  batch_buffer batch_;
  sha256 hash_;
  bool failed_ = false;

  std::chrono::microseconds patience_{0};
  std::chrono::steady_clock::time_point committed_at_{};
  std::chrono::steady_clock::time_point gave_up_at_{};

  /// Leases of this process by token.
  std::unordered_map<std::uint64_t, lease> held_;
  std::vector<file_change> changes_;
  /// Tokens of this process that the open transaction takes others for.
  std::vector<std::uint64_t> replaced_;
  /// Tokens that the open transaction writes under.
  std::unordered_map<sku_key, std::uint64_t, sku_hash, sku_equal> writes_as_;

  hold_watch holds_;

  row_reader rows_;
  row_writer tables_;
  snapshot_table snapshots_;
  next_rows next_{heads_, snapshots_, batch_, now_};
  lease_table leases_;
  /// As they were when anybody else last wrote.
  std::optional<dead_letter_table> letters_;
  std::uint64_t data_version_ = 0;
  statement find_version_;
  statement begin_;
  statement begin_reading_;
  statement commit_;
  statement rollback_;
  statement events_after_;
  statement answers_after_;
  statement find_closed_;
};

template <class F>
auto shared_journal::guarded(F work) {
  return storage::guarded(failed_, std::move(work));
}

template <class F>
auto shared_journal::reading(F work) {
  return guarded([&] {
    if (content_->in_transaction())
      return work();
    follow_from_afar();
    try {
      until_free([this] { start_reading(); });
      auto result = work();
      commit_.run();
      return result;
    } catch (...) {
      end_transaction();
      throw;
    }
  });
}

} // namespace holdfast::storage
