// A disk in memory that does everything a disk may do, when it is told to.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "holdfast/dice.hpp"
#include "simulated_locks.hpp"
#include "src/storage/disk.hpp"
#include "volatile_bytes.hpp"

namespace holdfast::storage {

class simulated_vfs;

/// What can go wrong, and of which operations it is the nth.
enum class mishap : std::uint8_t {
  /// Of those that change something: power goes before it.
  power_cut,
  /// The same: the process ends before it, and the system goes on.
  process_end,
  /// Of writes: an I/O error.
  write_error,
  /// Of syncs: an I/O error.
  sync_error,
  /// Of reads: an I/O error.
  read_error,
  /// Of writes that need room: there is none for some time.
  no_room,
  /// Of syncs: it takes its time, see `on_delay`.
  slow_sync,
};

/// A file with all that its handles share.
struct simulated_file {
  volatile_bytes bytes;
  simulated_locks locks;
};

using simulated_file_ptr = std::shared_ptr<simulated_file>;

/// One journal after another lies on it. What is on it survives the end of a
/// process; what was not synced survives a loss of power by luck only, and
/// that luck is in the seeds it is told. Serves `disk` and, by a layer of its
/// own, SQLite. Deterministic. Not thread-safe.
class simulated_disk final : public disk {
public:
  /// Over a quota errno says so too, which is all that SQLite lets see of it.
  enum class io : std::uint8_t { done, full, over_quota, failed };

  simulated_disk();
  ~simulated_disk() override;

  // -- bad luck ---------------------------------------------------------------

  /// The `nth` operation from now (1 is the next) meets `what`. `detail` seeds
  /// the luck of what is lost, is the time of a slow sync in milliseconds, or
  /// says how many writes find no room.
  void plan(std::uint64_t nth, mishap what, std::uint64_t detail);
  /// What was planned does not come any more.
  void heal() noexcept;
  /// At once.
  void cut_power(std::uint64_t seed);
  void end_process() noexcept;
  /// Nothing reaches it any more: the process on it has ended, or power has.
  bool is_off() const noexcept {
    return is_off_;
  }
  /// How often power went, and how often a process was ended by a plan.
  std::uint64_t power_cuts() const noexcept {
    return power_cuts_;
  }
  std::uint64_t crashes() const noexcept {
    return crashes_;
  }
  /// Whether it is a quota that is used up where there is no room.
  void set_quota(bool is_there) noexcept {
    has_quota_ = is_there;
  }
  /// From now on it says that a sync is done, and does nothing.
  void lie_about_syncs() noexcept {
    lies_ = true;
  }
  /// The next process begins. No handle of the last one may be left.
  void turn_on();
  /// Called in the middle of a slow sync.
  std::function<void(std::uint64_t)> on_delay;

  // -- disk -------------------------------------------------------------------

  std::unique_ptr<disk_file> open(const std::string& path,
                                  opening how) override;
  bool exists(const std::string& path) const override;
  void rename(const std::string& from, const std::string& to) override;
  void make_directory(const std::string& path) override;
  void sync_directory(const std::string& path) override;
  std::optional<std::uint64_t>
  free_bytes(const std::string& path) const override;
  const char* vfs() const noexcept override;

  // -- for the handles of both layers -----------------------------------------

  simulated_file_ptr find(const std::string& path) const;
  simulated_file_ptr make(const std::string& path);
  io remove(const std::string& path);
  io read(const simulated_file& of, std::uint64_t offset, std::size_t count,
          std::string_view& into);
  io write(simulated_file& to, std::uint64_t offset, std::string_view bytes);
  io truncate(simulated_file& what, std::uint64_t size);
  io sync(simulated_file& what);
  io sync_names();

private:
  struct planned {
    std::uint64_t left = 0;
    mishap what = mishap::power_cut;
    std::uint64_t detail = 0;
  };
  /// `from` loses the file, `to` gets it; either may be empty.
  struct naming {
    std::string from;
    std::string to;
    simulated_file_ptr of;
  };
  using names = std::map<std::string, simulated_file_ptr>;

  /// Counts an operation. False if the disk is off, from now on or before.
  bool proceeds();
  /// The plan that this operation meets, if it is one of those `what` counts.
  std::optional<planned> meets(mishap what);
  void rename_to(naming change);
  static void apply(names& to, const naming& change);

  names seen_;
  names safe_;
  /// What leads from `safe_` to `seen_`, oldest first.
  std::vector<naming> open_;
  std::vector<planned> plans_;
  /// Writes that find no room yet.
  std::uint64_t refusals_left_ = 0;
  bool has_quota_ = false;
  bool is_off_ = false;
  bool lies_ = false;
  std::uint64_t power_cuts_ = 0;
  std::uint64_t crashes_ = 0;
  std::unique_ptr<simulated_vfs> vfs_;
};

} // namespace holdfast::storage
