// Leases as files beside the journal, one a SKU.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "holdfast/lease.hpp"
#include "sku_key.hpp"

namespace holdfast::storage {

/// The directories `leases/held` and `leases/wanted` of a data directory. A
/// file is replaced as a whole, so a reader sees it as it was or as it is; one
/// that cannot be read counts as none. Nothing here is synced: after a loss of
/// power no process is left that could hold a lease. Thread-safe.
class lease_files {
public:
  /// Makes the directories. `self` keeps the unfinished files of processes
  /// apart. Throws `journal_error`.
  lease_files(const std::string& data_dir, std::uint64_t self);

  std::optional<lease> read(sku_view of) const;
  /// False if it could not be written, on a full disk for example.
  bool write(sku_view of, const lease& is) const;
  void remove(sku_view of) const;

  std::optional<lease_wish> wish(sku_view of) const;
  bool put_wish(sku_view of, const lease_wish& is) const;
  void remove_wish(sku_view of) const;
  /// Every wish and the SKU it is about.
  std::vector<std::pair<leased_name, lease_wish>> wishes() const;

  /// No process holds or wants anything.
  void clear() const;

  /// Where the lock files of a data directory are.
  static std::string directory(const std::string& data_dir);

private:
  std::string held_path(sku_view of) const;
  std::string wanted_path(sku_view of) const;
  bool replace(const std::string& path, const std::string& text) const;

  std::string held_;
  std::string wanted_;
  /// One is made at a time.
  std::string unfinished_;
  mutable std::mutex making_;
};

} // namespace holdfast::storage
