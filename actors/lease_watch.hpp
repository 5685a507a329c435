// What this process knows of the leases of others. Pure of CAF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "holdfast/lease.hpp"

namespace holdfast {

/// A copy in memory of what lies beside the journal about SKUs that other
/// processes have, so that no SKU actor waits for a file: the journal writer
/// looks for them, and leaves their wishes. It has the SKUs that were asked
/// for lately; of any other nothing is known until the writer looks at it.
/// Thread-safe. Times and spans are in milliseconds.
class lease_watch {
public:
  /// SKUs it has at most. One more takes the place of the one that would be
  /// looked at next.
  static constexpr std::size_t skus_max = 4'096;
  /// SKUs that are looked at again, or told of, at a time: who writes waits.
  static constexpr std::size_t step_max = 256;
  /// What nobody asks for is forgotten after this time.
  static constexpr std::int64_t memory_ms = 2'500;

  explicit lease_watch(std::shared_ptr<lease_board> board)
      : board_(std::move(board)) {
    // nop
  }

  // -- SKU actors
  /// How long to wait for the lease, by what is known: 0 if nobody else has
  /// it, or nothing is known. If it is not 0, the lease is wanted from now on.
  std::int64_t wait_ms(const leased_name& of, std::int64_t now_ms);

  // -- the journal writer; these look at files
  /// True if this process may try to take the lease. If not, that is known
  /// from now on, and the lease is wanted.
  bool is_free(const leased_name& of, std::int64_t now_ms);
  /// Looks again at SKUs that are known, each in its turn.
  void look_again(std::int64_t now_ms);
  /// Lets holders know what is wanted since the last time.
  void leave_wishes(std::int64_t now_ms);

  std::size_t size() const;

private:
  struct place {
    std::int64_t free_at_ms = 0;
    std::int64_t asked_ms = 0;
    /// Its number in `wishes_`; 0 if it is not there.
    std::uint64_t wish = 0;
  };
  using places = std::map<leased_name, place>;

  void want(places::value_type& known, std::int64_t now_ms);
  void forget(places::iterator which);
  void make_room();
  places::iterator next();
  std::vector<leased_name> turn(std::int64_t now_ms);
  std::vector<leased_name> take_wishes();

  const std::shared_ptr<lease_board> board_;
  // No file is touched under it.
  mutable std::mutex mutex_;
  places known_;
  /// Who had the last turn.
  leased_name last_;
  /// In the order they came. All of them are known.
  std::map<std::uint64_t, leased_name> wishes_;
  std::uint64_t last_wish_ = 0;
};

} // namespace holdfast
