// The port to durable storage. Owned by the domain, implemented in storage/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "holdfast/dead_letter.hpp"
#include "holdfast/idempotency.hpp"
#include "holdfast/lease.hpp"
#include "holdfast/outcome.hpp"

namespace holdfast {

/// Why the journal could not do what it was asked.
class journal_error : public std::runtime_error {
public:
  enum class kind {
    /// No space: the transaction was rolled back, the journal is intact and
    /// may be asked again.
    full,
    /// I/O error or failed sync: what reached the disk is unknown. The journal
    /// must not be asked again by this process.
    failed,
    /// Content that cannot be true: refuse to serve.
    corrupt,
    /// Another process has it: nothing was written, and it may be asked again.
    busy,
  };
  journal_error(kind is, const std::string& what)
      : std::runtime_error(what), is_(is) {
    // nop
  }
  kind is() const noexcept {
    return is_;
  }

private:
  kind is_;
};

/// An answer without an event, kept because the request had a key.
struct remembered_answer {
  /// Gap-free per node, from 1. Assigned by the journal.
  std::uint64_t number = 0;
  origin from;
  /// The reservation of a request that came by reservation id.
  reservation_ref ref;
  std::int64_t at_ms = 0;
  outcome answer;
};

/// All a fresh SKU actor needs to go on where the last one stopped.
struct loaded_sku {
  stock state;
  /// Live keys, oldest first.
  std::vector<remembered_key> keys;
  /// Events since the snapshot it was read from.
  std::uint64_t since_snapshot = 0;
};

/// Where a walk back for the keys of a SKU is: a SKU may have millions. It
/// belongs to the journal that began it.
struct key_walk {
  /// The ends of both chains when it began.
  std::uint64_t last_seq = 0;
  std::uint64_t last_answer = 0;
  /// Where it goes on; 0 where a chain has nothing more.
  std::uint64_t seq = 0;
  std::uint64_t answer = 0;
  /// Newest first of each chain; once it is over, oldest first of all.
  std::vector<remembered_key> keys;
};

/// Which events a page of the feed wants; empty means all.
struct event_filter {
  std::string store;
  std::string sku;
};

/// A page of the feed.
struct event_page {
  std::vector<event> events;
  /// The page was read up to and including this `seq`; go on after it.
  std::uint64_t last_seq = 0;
  /// When that event was recorded, wanted or not; 0 if nothing was read.
  std::int64_t last_ms = 0;
  /// The log ended there.
  bool is_last = false;
};

/// An append-only log of events with group commit. One thread uses an object
/// at a time. Every function may throw `journal_error`.
///
/// Writes come as transactions: `begin`, any number of `append`, `remember`
/// and `snapshot`, then `commit`. Lookups inside a transaction see what it
/// wrote so far. After an exception from any of them, `rollback` once; the
/// numbers given out since `begin` are void.
class journal {
public:
  virtual ~journal() = default;

  virtual void begin() = 0;
  /// Gives `change` its `seq` and `prev_seq` (and the `grant_seq` of a
  /// `stock_reserved`), and writes it as the event that answers `from`.
  virtual void append(stock_change& change, const origin& from) = 0;
  void append(event& whole) {
    append(whole, whole.from);
  }
  /// Gives `answer` its number, and writes it.
  virtual void remember(remembered_answer& answer) = 0;
  /// Keeps `state`, which should be the fold of all events of that SKU so far;
  /// one whose record is not that of the newest event is not kept. Holds that
  /// do not know the `grant_seq` of their event yet are given it.
  virtual void snapshot(const std::string& store, const std::string& sku,
                        const stock& state) = 0;
  /// Returns once everything since `begin` is durable.
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
  /// Does what `commit` left for later. Nothing that was committed depends on
  /// it, but look-ups and the next transaction would have to do it: call it
  /// once the answers have left. Outside a transaction.
  virtual void catch_up() = 0;
  /// Bounds what a start has to catch up with, and makes durable how far
  /// commits went, so that a journal which lost its end is noticed after a
  /// loss of power too; after the end of a process it is noticed in any case.
  /// Nothing that was committed depends on it, so no answer waits for it: call
  /// it now and then. Outside a transaction. False if something goes on beside
  /// the caller, who learns only by the next call if that failed.
  virtual bool seal() = 0;

  /// State of a SKU (version 0 if it has none) and its keys not older than
  /// `keys_since_ms`; `no_keys` for none of them.
  static constexpr auto no_keys = std::numeric_limits<std::int64_t>::max();
  virtual loaded_sku load(const std::string& store, const std::string& sku,
                          std::int64_t keys_since_ms) = 0;
  /// Goes on with `walk` for `rows` events and answers at most. True once it
  /// has the keys that `load` would return now; then it is over. What was
  /// written of the SKU meanwhile makes it begin again.
  virtual bool walk_keys(const std::string& store, const std::string& sku,
                         std::int64_t keys_since_ms, key_walk& walk,
                         std::size_t rows) = 0;
  /// The event of that number, or nothing.
  virtual std::optional<event> event_at(std::uint64_t seq) = 0;
  virtual std::optional<remembered_answer> answer_at(std::uint64_t number) = 0;
  /// The event that closed the reservation granted by event `grant_seq`.
  virtual std::optional<event> closing_event(std::uint64_t grant_seq) = 0;
  /// Events with `seq > after`, in order, at most `limit`; reads at most
  /// `limits::page_rows_max` rows, so a page may be short, or empty, without
  /// being the last.
  virtual event_page scan(std::uint64_t after, std::size_t limit,
                          const event_filter& filter) = 0;
  /// Highest `seq`, 0 for an empty journal; what another process added may be
  /// missing until the next look-up or transaction.
  virtual std::uint64_t last_seq() const = 0;
  /// Time of the newest event or answer, 0 for an empty journal.
  virtual std::int64_t last_time_ms() const = 0;
  /// Bounds the work of the next start: catches up for good, and takes
  /// snapshots of at most `budget` SKUs whose oldest event without one lies too
  /// far back, or of any that has such events if `all`. Returns how many it
  /// took. Outside a transaction.
  virtual std::size_t checkpoint(std::size_t budget, bool all) = 0;

  /// Keeps `letter` and gives it its id. One whose key and fingerprint are
  /// those of a letter already there becomes one more failure of that one,
  /// whose id it gets. False, and nothing is kept, if
  /// `limits::dead_letters_max` are there. Inside a transaction.
  virtual bool bury(dead_letter& letter) = 0;
  /// False if there is none. Inside a transaction.
  virtual bool remove_letter(std::uint64_t id) = 0;
  virtual std::optional<dead_letter> letter_at(std::uint64_t id) = 0;
  /// Letters with an id above `after`, in order, at most `limit`.
  virtual std::vector<dead_letter> letters(std::uint64_t after,
                                           std::size_t limit) = 0;
  /// Id of the letter that is tried again under the key and fingerprint of
  /// this request, 0 if there is none. Costs nothing while there are no
  /// letters.
  virtual std::uint64_t letter_of(const origin& from,
                                  const reservation_ref& ref) const = 0;
  virtual std::size_t letter_count() const = 0;

  /// Who may write what, where several processes do; null where one does.
  virtual shared_log* shared() noexcept {
    return nullptr;
  }
};

using journal_ptr = std::unique_ptr<journal>;

} // namespace holdfast
