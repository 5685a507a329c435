// What was acknowledged, kept apart from the journal that must contain it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "disk.hpp"
#include "holdfast/command.hpp"

namespace holdfast::storage {

/// The end of the journal after one batch; all zero before the first.
struct journal_end {
  std::uint64_t last_seq = 0;
  std::uint64_t last_answer = 0;
  std::uint64_t batch = 0;
  digest hash{};

  bool operator==(const journal_end&) const = default;
};

/// Two slots, each in a block of its own. Writes go to one of them until it is
/// synced, then to the other: a write that is torn never damages the newest
/// mark that is durable.
class high_water_mark {
public:
  /// What the file says.
  struct reading {
    journal_end latest;
    /// One slot is unreadable: the write of it was torn, or it decayed.
    bool torn = false;
  };

  /// Nothing if there is no file. Throws `journal_error::corrupt` if neither
  /// slot can be read. Needs no lock: a write under way shows as a torn slot.
  static std::optional<reading> read(const std::string& data_dir,
                                     disk& on = *system_disk());

  /// Makes the file, whole or not at all.
  static void create(const std::string& data_dir, const journal_end& at,
                     disk& on = *system_disk());

  explicit high_water_mark(const std::string& data_dir,
                           disk& on = *system_disk());

  /// Goes on where another process may have written meanwhile, which it must
  /// not do now: the next write goes to the slot of the newest mark, whose
  /// other is durable; or to the other, if it was this process that wrote the
  /// newest and synced it.
  void follow();

  /// Survives this process on return, but no loss of power before `sync`.
  void write(const journal_end& at);

  /// Makes the last write durable, if it is not. After an exception nobody
  /// knows what the disk holds.
  void sync();

  /// Makes durable what the file says, whoever wrote it. Before the first
  /// `write`.
  void confirm();

  /// See `disk_file`.
  void check_name() const {
    file_->check_name();
  }

private:
  std::unique_ptr<disk_file> file_;
  /// Where the next write goes.
  std::size_t slot_;
  bool is_synced_ = true;
  /// What this process wrote last.
  std::optional<journal_end> written_;
};

} // namespace holdfast::storage
