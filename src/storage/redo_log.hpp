// Batches that are durable but not in the tables yet. One batch costs one write
// to room that is there already, and one sync; a transaction of SQLite costs
// several times that, so it holds many batches.
#pragma once

#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "batch_buffer.hpp"
#include "disk.hpp"

namespace holdfast::storage {

/// What a redo log says. Not movable: the records are views into `bytes`.
struct redo_content {
  redo_content() = default;
  redo_content(const redo_content&) = delete;
  redo_content& operator=(const redo_content&) = delete;

  std::string bytes;
  /// From the first on, each the successor of the one before.
  std::vector<batch_record> records;
  /// Where the last of them ends.
  std::uint64_t end = 0;
  /// The newest batch that lies after them, past something that is no record;
  /// 0 for none. If it is newer than the journal, the log has a hole.
  std::uint64_t beyond = 0;
};

std::string redo_path(const std::string& data_dir);

/// Reads the log of `data_dir`; a missing one is empty.
void read_redo_log(const std::string& data_dir, redo_content& into,
                   disk& on = *system_disk());

/// The log of the one process that writes. Each record begins with a block, so
/// that nothing that was acknowledged is written again by a later one. It
/// starts again from the beginning whenever the tables have caught up, so it
/// stays small and in place. What is left from before is known by its batch
/// ids, which are older.
class redo_log {
public:
  /// Makes the file if it is missing. Goes on with the block after its first
  /// `used` bytes.
  redo_log(const std::string& data_dir, std::uint64_t used, disk& on);

  /// True if `bytes` more would make it longer than it should become, or
  /// longer than the rest of the disk can take in: the tables are to catch up
  /// first.
  bool is_long(std::size_t bytes) const noexcept;

  /// True if there is room for `bytes` more already.
  bool takes(std::size_t bytes) const noexcept {
    return used_ + whole_blocks(bytes) <= room_;
  }

  /// Makes it. Throws `journal_error::full` if that is not possible.
  void make_room(std::size_t bytes) {
    grow_to(used_ + whole_blocks(bytes));
  }

  /// Returns once `record` is durable. Throws `journal_error::full` if there
  /// is no room, and the log is as it was; after any other error nobody knows
  /// what the disk holds.
  void append(std::string_view record);

  /// The tables have everything, durably.
  void restart() noexcept {
    used_ = 0;
  }

  /// The same at a clean end, after which nothing is left of it.
  void finish();

  bool empty() const noexcept {
    return used_ == 0;
  }

  /// See `disk_file`.
  void check_name() const {
    file_->check_name();
  }

private:
  static constexpr std::align_val_t block_alignment{block_bytes};

  struct free_blocks {
    void operator()(char* begin) const noexcept {
      ::operator delete[](begin, block_alignment);
    }
  };

  void grow_to(std::uint64_t end);
  /// `record` and zeros to the end of its last block, of `size` in all.
  std::string_view in_blocks(std::string_view record, std::uint64_t size);

  disk& on_;
  std::string data_dir_;
  std::unique_ptr<disk_file> file_;
  std::uint64_t used_ = 0;
  /// Bytes of the file that were written once.
  std::uint64_t room_ = 0;
  /// What is written comes from here.
  std::unique_ptr<char[], free_blocks> blocks_;
  std::uint64_t blocks_size_ = 0;
};

} // namespace holdfast::storage
