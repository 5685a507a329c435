// A journal without a disk that several processes write, for simulation: all
// of them in one thread, one transaction at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "holdfast/lease_policy.hpp"
#include "src/storage/hold_ends.hpp"
#include "src/storage/lease_table.hpp"
#include "tests/support/memory_journal.hpp"

namespace holdfast::storage {

/// What lies beside the content of a `memory_disk` that is shared.
class memory_sharing {
public:
  /// A number that no other start has.
  std::uint64_t start() noexcept {
    return ++starts_;
  }
  /// Every process is gone: leases mean nothing.
  void all_left() {
    leases_.clear();
    wishes_.clear();
  }
  /// The next `count` transactions find the journal busy.
  void keep_busy(std::uint64_t count) noexcept {
    busy_ = count;
  }
  /// A planted fault: every token is as good as the newest.
  void ignore_tokens() noexcept {
    ignores_tokens_ = true;
  }
  /// Who wrote what.
  const lease_history& history() const noexcept {
    return history_;
  }

private:
  friend class shared_memory_journal;
  friend class memory_board;

  std::map<leased_name, lease> leases_;
  std::map<leased_name, lease_wish> wishes_;
  std::map<leased_name, std::uint64_t> newest_;
  lease_history history_;
  std::uint64_t starts_ = 0;
  std::uint64_t busy_ = 0;
  bool ignores_tokens_ = false;
};

/// See `lease_board`.
class memory_board final : public lease_board {
public:
  memory_board(std::shared_ptr<memory_sharing> with, lease_policy policy)
      : with_(std::move(with)), policy_(std::move(policy)) {
    // nop
  }

  std::int64_t wait_ms(const std::string& store, const std::string& sku,
                       std::int64_t now_ms) const override;
  void want(const std::string& store, const std::string& sku,
            std::int64_t now_ms) override;

private:
  std::shared_ptr<memory_sharing> with_;
  lease_policy policy_;
};

/// See `journal` and `shared_log`.
class shared_memory_journal final : public memory_journal, public shared_log {
public:
  shared_memory_journal(std::shared_ptr<memory_disk> disk,
                        std::shared_ptr<memory_sharing> with,
                        lease_policy policy)
      : memory_journal(std::move(disk)), with_(std::move(with)),
        policy_(std::move(policy)) {
    // nop
  }

  void begin() override;
  void append(stock_change& change, const origin& from) override;
  void commit() override;
  void rollback() noexcept override;
  shared_log* shared() noexcept override {
    return this;
  }

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
  void forget_transaction() noexcept;

  std::shared_ptr<memory_sharing> with_;
  lease_policy policy_;
  hold_ends ends_;
  /// What `ends_` heard of.
  std::uint64_t heard_seq_ = 0;
  // Of the open transaction.
  std::vector<std::pair<leased_name, lease>> changes_;
  std::map<leased_name, std::uint64_t> writes_as_;
  lease_history added_;
};

} // namespace holdfast::storage
