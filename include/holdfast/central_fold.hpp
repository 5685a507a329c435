// Adds up ledgers, and notices what does not add up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "holdfast/ledger.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/stock_table.hpp"

namespace holdfast {

/// A contradiction between a ledger and itself, or between a ledger and the
/// owner of a SKU. It is told and counted; nothing is made to fit.
struct drift {
  std::string store;
  std::string sku;
  /// The event it was found at, 0 where the owner spoke.
  std::uint64_t seq = 0;
  std::string what;
};

/// Why `change` cannot be what happened next to `now`, or null: versions have
/// no gaps, and every delta leads from one balance to the next.
const char* misfit(const balances& now, const ledger_change& change) noexcept;

/// The fold of all ledgers into one table. Where something does not fit, the
/// newest the ledger says is shown, and the contradiction is counted. Not
/// thread-safe.
class central_fold {
public:
  using sku_name = std::pair<std::string, std::string>;

  static constexpr auto nobody = std::numeric_limits<std::size_t>::max();

  /// Stores get their numbers in the order in which they are named.
  std::uint32_t number_of(const std::string& store);

  /// They begin anew: what was known of them is no more.
  void forget(const std::vector<std::string>& stores);
  /// What the ledger of `source` said is no more, as it is read again. The
  /// stores that begin anew with it.
  std::vector<std::string> forget(std::size_t source);

  /// Rows of `store` count in the ledger of `source` only from now on, or in
  /// every ledger if that is `nobody`.
  void entrust(const std::string& store, std::size_t source);
  /// Whether rows that were read would have been taken another way had `store`
  /// been that of `source` all along.
  bool is_muddled(const std::string& store, std::size_t source);
  /// Whose ledgers have had rows of `store`, counted or not.
  const std::vector<std::size_t>& tellers(const std::string& store);

  void begin_round(std::uint64_t round);
  /// Rows that follow are of the ledger of `source`.
  void hear(std::size_t source) noexcept {
    heard_ = source;
  }
  std::size_t heard() const noexcept {
    return heard_;
  }
  void take(const ledger_record& row);
  /// `may_be_known` tells that a record may have covered it already.
  void take(const ledger_change& row, bool may_be_known);
  /// The owner of a SKU says what it knows: an independent witness. What is
  /// newer than the ledger as read is compared once the ledger gets there.
  void attest(const sku_name& of, const balances& known);
  /// After a complete round no witness of an earlier one is left to wait for.
  void end_round(bool is_complete);

  /// Store and SKU of some that changed in this round, any of them with the
  /// same chance; at most `limits::witnesses_max`.
  const std::vector<sku_name>& changed() const noexcept {
    return changed_;
  }
  /// Drifts of this round, and the first `limits::drifts_told_max` of them.
  std::uint64_t drift_count() const noexcept {
    return drift_count_;
  }
  const std::vector<drift>& drifts() const noexcept {
    return drifts_;
  }

  std::shared_ptr<const std::vector<std::string>> stores();
  std::shared_ptr<const stock_table> table() {
    return builder_.publish();
  }

private:
  struct claim {
    balances known;
    std::uint64_t round = 0;
  };
  struct telling {
    /// Whose rows count.
    std::size_t owner = nobody;
    /// The one that spoke last comes last.
    std::vector<std::size_t> tellers;
  };

  bool counts(std::uint32_t store);
  void note(const std::string& store, const std::string& sku, std::uint64_t seq,
            std::string what);
  void sample(const ledger_change& row);
  void settle_claim(const ledger_change& row);

  stock_table_builder builder_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> names_;
  /// By the numbers of stores.
  std::vector<telling> tellings_;
  std::size_t heard_ = 0;
  std::shared_ptr<const std::vector<std::string>> published_names_;
  std::uint64_t round_ = 0;
  std::minstd_rand random_;
  std::uint64_t seen_ = 0;
  std::vector<sku_name> changed_;
  /// What owners said about versions that the ledger has not shown yet.
  std::map<sku_name, claim> claims_;
  std::uint64_t drift_count_ = 0;
  std::vector<drift> drifts_;
};

} // namespace holdfast
