// Ledgers in memory, and rounds over them in virtual time.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "holdfast/sync_rounds.hpp"

namespace holdfast::test {

/// What a node would answer, told by the test.
struct told_ledger {
  std::vector<ledger_record> records;
  std::vector<ledger_change> changes;
  /// Changes that the records have.
  std::uint64_t tail = 0;

  /// Adjusts a SKU of `store`.
  void adjust(const std::string& store, const std::string& sku,
              std::int64_t delta);
  /// What there was becomes records; the newest `overlap` changes stay too.
  void checkpoint(std::uint64_t overlap = 0);
  /// An older copy takes its place, which has the first `left` changes.
  void go_back(std::size_t left);
  ledger_page read(const ledger_position& from, std::size_t limit) const;
  /// What the owner of a SKU knows.
  balances known(const central_fold::sku_name& of) const;

private:
  std::map<central_fold::sku_name, balances> now_;
};

/// Two nodes, n1 with store S and n2 with store T.
struct told_rounds {
  static sync_rounds::settings
  settings(std::chrono::milliseconds interval = std::chrono::milliseconds{0});
  explicit told_rounds(sync_rounds::settings with = settings());

  /// Answers whatever is asked until nothing is left to be done now.
  void run();
  /// The same after some time.
  void pass(std::chrono::milliseconds span);
  /// Asks for a round; the answer is in `answers`.
  error_code ask(std::uint64_t caller);
  /// Asks and runs; the report, which must come at once.
  round_report round(std::uint64_t caller = 1);
  bool is_answered(std::uint64_t caller) const {
    return answers.contains(caller);
  }
  const central_view& view() const {
    return *rounds.view();
  }
  std::int64_t on_hand(const std::string& sku) const;

  told_ledger ledgers[2];
  /// Sources that say that they cannot, and that say nothing.
  std::set<std::size_t> broken;
  std::set<std::size_t> silent;
  std::set<std::size_t> silent_owners;
  /// Stores for which nobody speaks.
  std::set<std::string> unowned;
  std::size_t page_limit = 3;
  std::size_t questions = 0;
  std::size_t witnesses = 0;
  sync_rounds::clock::time_point now{std::chrono::hours{1}};
  sync_rounds rounds;
  std::map<std::uint64_t, sync_rounds::answer> answers;
  std::vector<drift> drifts;
};

} // namespace holdfast::test
