// Who may change a SKU where several processes write one journal.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace holdfast {

/// A lease of one SKU as it lies beside the journal, for every process to see.
/// It says who to wait for and how long. Safety does not rest on it: the
/// journal takes writes under the newest token only.
struct lease {
  /// Fencing token. The journal gives each new holder a higher one.
  std::uint64_t token = 0;
  /// The start of a process that holds it, a number no other start has; 0
  /// once it was given up.
  std::uint64_t holder = 0;
  /// What operators call the holder.
  std::string owner;
  /// By the time that all processes of a journal share.
  std::int64_t since_ms = 0;
  std::int64_t expires_ms = 0;
  /// Of a lease that was given up: nobody but this start may take it before
  /// `kept_until_ms`; 0 for anybody.
  std::uint64_t next = 0;
  std::int64_t kept_until_ms = 0;

  bool operator==(const lease&) const = default;
};

/// A start wants the lease of a SKU that another has.
struct lease_wish {
  std::uint64_t who = 0;
  std::int64_t until_ms = 0;

  bool operator==(const lease_wish&) const = default;
};

/// Store and SKU.
using leased_name = std::pair<std::string, std::string>;

/// The leases as they lie beside a journal, for the thread of that journal. No
/// function waits for another process, or for the journal; a disk may be slow.
class lease_board {
public:
  virtual ~lease_board() = default;

  /// Milliseconds after which this process may have the lease of the SKU; 0 if
  /// it may try to take it now.
  virtual std::int64_t wait_ms(const std::string& store, const std::string& sku,
                               std::int64_t now_ms) const = 0;
  /// Lets the holder know that this process waits for the lease.
  virtual void want(const std::string& store, const std::string& sku,
                    std::int64_t now_ms) = 0;
};

/// What a journal that several processes write offers beyond `journal`. One
/// thread uses an object at a time, that of its journal. Functions may throw
/// `journal_error`; what they do inside a transaction is part of it.
class shared_log {
public:
  /// A hold is ended by the actor of its SKU. Who has the lease, or had it
  /// last, is given so long to record that; after it anybody may.
  static constexpr std::int64_t grace_ms = 300;

  virtual ~shared_log() = default;

  /// Where a lease stands that this process had.
  enum class standing : std::uint8_t {
    held,
    /// Held, and it lasts longer now.
    renewed,
    /// Somebody else had it since: nothing may be written under this token.
    lost,
  };

  struct taking {
    /// 0 if another process has the lease.
    std::uint64_t token = 0;
    /// Its holder before let it expire.
    bool is_stolen = false;
  };

  /// How long the next transactions and look-ups may wait for another process
  /// before they throw `journal_error::busy`.
  virtual void be_patient(std::int64_t micros) noexcept = 0;

  /// Takes the lease of the SKU if it is free, expired or this process's own.
  /// Inside a transaction.
  virtual taking take(const std::string& store, const std::string& sku,
                      std::int64_t now_ms) = 0;
  /// Whether `token` is still the newest of the SKU; renews the lease when it
  /// is time. Events of the SKU in the rest of the transaction are written
  /// under this token. Inside a transaction.
  virtual standing confirm(const std::string& store, const std::string& sku,
                           std::uint64_t token, std::int64_t now_ms) = 0;
  /// Whether it is time to renew the lease that this process has under
  /// `token`, as far as it knows without a look at the journal.
  virtual bool is_due(const leased_name& of, std::uint64_t token,
                      std::int64_t now_ms) const = 0;
  /// Whether `token` is still the newest of the SKU. Outside a transaction.
  virtual bool is_newest(const std::string& store, const std::string& sku,
                         std::uint64_t token) = 0;
  /// Gives the lease up, to whoever wanted it first. Nothing happens if it is
  /// lost. Inside a transaction.
  virtual void give_up(const std::string& store, const std::string& sku,
                       std::uint64_t token, std::int64_t now_ms) = 0;
  /// SKUs whose lease this process has had for long enough, where others want
  /// it.
  virtual std::vector<leased_name> wanted(std::int64_t now_ms) = 0;

  /// SKUs, not many at a time, with a hold that ended and nobody who would
  /// record it: no process has the lease, or it expired. Each is told again a
  /// while later if that is still so. Looks a few times a second, and says
  /// nothing in between. Outside a transaction.
  virtual std::vector<leased_name> overdue(std::int64_t now_ms) = 0;
  /// Events of the SKU in the rest of the transaction are written under a new
  /// token, whose lease is given up with the commit: what its holder before
  /// had decided meanwhile is void. Token 0 if another process has the lease.
  /// Inside a transaction.
  virtual taking step_in(const std::string& store, const std::string& sku,
                         std::int64_t now_ms) = 0;
};

} // namespace holdfast
