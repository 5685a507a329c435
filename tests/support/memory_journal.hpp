// The journal without a disk: what actors are tested on, and the model that the
// one on disk is held against.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "holdfast/journal.hpp"
#include "src/storage/letter_book.hpp"
#include "src/storage/sku_key.hpp"

namespace holdfast::storage {

/// What survives a crash: the committed content, and the faults that are to
/// come. Outlives the journals that are opened on it, one at a time; whoever
/// keeps a handle can plant faults below a running journal. Deterministic.
/// Not thread-safe.
class memory_disk {
public:
  /// The `nth` commit from now (1 is the next) throws `kind`. Where `kind` is
  /// `failed`, nobody knows what reached the disk: `reached` says whether the
  /// batch is there after the next open.
  void fail_commit_at(std::uint64_t nth, journal_error::kind kind,
                      bool reached = false);

  /// The next `count` pages of a ledger on this disk cannot be read.
  void fail_reads(std::uint64_t count) noexcept {
    read_faults_ = count;
  }

  /// No fault that was asked for comes any more.
  void heal() noexcept;

  /// Power off: what is not committed is gone, and every journal opened so far
  /// throws `failed` from now on.
  void crash();

  /// Commits that succeeded.
  std::uint64_t commits() const noexcept {
    return commits_;
  }

private:
  friend class memory_journal;
  friend class memory_ledger;

  struct kept_stock {
    stock state;
    std::uint64_t seq = 0;
  };

  /// Rows of one SKU, oldest first.
  struct chain {
    std::vector<std::uint64_t> events;
    std::vector<std::uint64_t> answers;
    std::optional<kept_stock> snapshot;
  };

  struct fault {
    std::uint64_t commits_left = 0;
    journal_error::kind kind = journal_error::kind::failed;
    bool reached = false;
  };

  chain& chain_of(const std::string& store, const std::string& sku);
  const chain* find(const std::string& store, const std::string& sku) const;
  /// Every event up to this one is covered by a snapshot of its SKU.
  std::uint64_t covered() const;
  /// True if a page of a ledger is to fail.
  bool take_read_fault() noexcept;
  void undo();
  void keep();

  std::vector<event> events_;
  std::vector<remembered_answer> answers_;
  std::unordered_map<sku_key, chain, sku_hash, sku_equal> chains_;
  std::unordered_map<std::uint64_t, std::uint64_t> closed_;
  letter_book letters_;
  /// Rows that are committed, of those above.
  std::size_t events_kept_ = 0;
  std::size_t answers_kept_ = 0;
  /// Snapshots that this transaction replaced, in order.
  std::vector<std::pair<chain*, std::optional<kept_stock>>> replaced_;
  std::vector<fault> faults_;
  std::uint64_t read_faults_ = 0;
  std::uint64_t commits_ = 0;
  /// Counts crashes; a journal of an earlier one is dead.
  std::uint64_t life_ = 0;
};

/// See `journal`. Several may be opened on one disk, one after another.
class memory_journal : public journal {
public:
  explicit memory_journal(
      std::shared_ptr<memory_disk> disk = std::make_shared<memory_disk>());
  ~memory_journal() override;

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
  void check_alive() const;
  void collect_keys(const memory_disk::chain& chain, std::int64_t keys_since_ms,
                    std::vector<remembered_key>& into) const;

  std::shared_ptr<memory_disk> disk_;
  std::uint64_t life_;
  bool failed_ = false;
};

} // namespace holdfast::storage
