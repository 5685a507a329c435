// The leases of this process, as its journal writer keeps them. Pure of CAF.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "actors/chain_counters.hpp"
#include "actors/journal_step.hpp"
#include "actors/lease_watch.hpp"

namespace holdfast {

/// Takes, confirms and gives up leases with the transactions of a journal that
/// several processes write. Times are of the clock that these share.
class lease_desk {
public:
  /// `log` shares its journal and outlives this.
  lease_desk(journal& log, std::shared_ptr<lease_counters> counters,
             std::shared_ptr<lease_watch> watch);

  /// See the function of that name. What was decided under a lease that is
  /// lost is doomed instead of written, also where there is nothing to write.
  std::optional<transaction> transact(const operations& items,
                                      std::int64_t now_ms,
                                      const operation::now_function& now);

  /// A life under a lease for each that wants one, null where it cannot be
  /// had; SKU actors learn of other holders. May throw `journal_error`.
  std::vector<std::shared_ptr<sku_life>>
  take(const std::vector<load_request>& wanted, std::int64_t now_ms);

  /// Looks after a lease whose SKU is still being read: nothing is written
  /// under it meanwhile, and it may be long. False if it is lost. May throw
  /// `journal_error`.
  bool keep(const std::string& store, const std::string& sku, sku_life& life,
            std::int64_t now_ms);

  /// Tells other processes what SKU actors want of them.
  void leave_wishes(std::int64_t now_ms);
  /// Looks how others hold their leases. Hands over what others want, gives up
  /// what is doomed or nobody uses any more, and renews what is used although
  /// nothing is written. May throw `journal_error`.
  void tidy(std::int64_t now_ms);
  /// The process is about to end.
  void give_up_all(std::int64_t now_ms) noexcept;

private:
  using lives = std::map<leased_name, std::shared_ptr<sku_life>>;

  /// Null if the lease was not there to be taken any more.
  std::shared_ptr<sku_life> begin_life(const leased_name& of,
                                       shared_log::taking taken,
                                       std::int64_t now_ms);
  void be_patient(const operations& items);
  void confirm(const operations& items, std::int64_t now_ms);
  void lose(const leased_name& of, const std::shared_ptr<sku_life>& life);
  void note_given_up(const operations& items);
  std::vector<lives::iterator> idle(std::int64_t now_ms);
  void give_up(const std::vector<lives::iterator>& which, std::int64_t now_ms);
  std::vector<lives::iterator> due(std::int64_t now_ms);
  void renew(std::int64_t now_ms);
  void publish() noexcept;

  journal& log_;
  shared_log& leases_;
  std::shared_ptr<lease_counters> counters_;
  std::shared_ptr<lease_watch> watch_;
  lives held_;
  std::uint64_t transaction_ = 0;
  std::int64_t tidied_at_ms_ = 0;
  /// The last lease that was looked at whether it is to be renewed.
  leased_name looked_at_;
};

} // namespace holdfast
