// What a journal lies on: files, their names, and what of both survives.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace holdfast::storage {

/// An open file. Functions throw `journal_error::failed`, or `full` where the
/// disk is. One thread uses an object at a time.
class disk_file {
public:
  disk_file() = default;
  disk_file(const disk_file&) = delete;
  disk_file& operator=(const disk_file&) = delete;
  virtual ~disk_file() = default;

  /// All of `bytes`, from byte `offset` on; the file grows as needed. Survives
  /// the process, but no loss of power before `sync_data`.
  virtual void write_at(std::uint64_t offset, std::string_view bytes) = 0;
  /// Nothing is left of it.
  virtual void truncate() = 0;
  /// Data and what is needed to find it again. After an exception nobody knows
  /// what the disk holds.
  virtual void sync_data() = 0;
  /// Up to `count` bytes; fewer only at the end of the file.
  virtual std::string read_at(std::uint64_t offset,
                              std::size_t count) const = 0;
  virtual std::uint64_t size() const = 0;
  /// Throws `journal_error::failed` if the name it was opened by leads to it no
  /// more: what is written is lost with it then.
  virtual void check_name() const = 0;
};

/// Functions throw `journal_error::failed`, or `full` where there is no room.
class disk {
public:
  enum class opening {
    /// Only to be read.
    read,
    /// A file that exists.
    write,
    /// The same, or made.
    create,
    /// Made, or emptied if it exists.
    fresh,
    /// As `create`, to be written past the cache of the system where that can
    /// be, which takes half the processor time and two thirds of the time of
    /// a write and a sync (ext4). Offset, address and size of every write are
    /// multiples of `block_bytes`.
    blocks,
  };

  disk() = default;
  disk(const disk&) = delete;
  disk& operator=(const disk&) = delete;
  virtual ~disk() = default;

  virtual std::unique_ptr<disk_file> open(const std::string& path,
                                          opening how) = 0;
  virtual bool exists(const std::string& path) const = 0;
  /// Replaces what has the name `to`, whole or not at all.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// With those above it, if it does not exist; their names are durable.
  virtual void make_directory(const std::string& path) = 0;
  /// Makes names that were created in `path` durable.
  virtual void sync_directory(const std::string& path) = 0;
  /// Bytes left where `path` is, if that is known.
  virtual std::optional<std::uint64_t>
  free_bytes(const std::string& path) const = 0;
  /// Name of the layer that lets SQLite work here
  /// (https://sqlite.org/vfs.html); null for its own.
  virtual const char* vfs() const noexcept = 0;
};

/// What disks ask for at most (`O_DIRECT` in open(2)). Where one wants more,
/// `file` goes through the cache.
inline constexpr std::size_t block_bytes = 4096;

constexpr std::uint64_t whole_blocks(std::uint64_t bytes) noexcept {
  return (bytes + block_bytes - 1) / block_bytes * block_bytes;
}

using disk_ptr = std::shared_ptr<disk>;

/// True unless `on` is known to have no room for `bytes` at `path`.
inline bool has_room(const disk& on, const std::string& path,
                     std::uint64_t bytes) {
  const auto left = on.free_bytes(path);
  return !left || *left > bytes;
}

/// The file system of this machine. Thread-safe.
const disk_ptr& system_disk();

} // namespace holdfast::storage
