#include "redo_log.hpp"

#include <algorithm>
#include <filesystem>

namespace holdfast::storage {

namespace {

/// The file grows by this much, so that most syncs change no metadata.
constexpr std::uint64_t growth_bytes = 64 * 1024;
/// Beyond this the tables are asked to catch up.
constexpr std::uint64_t long_bytes = 4 * 1024 * 1024;

/// The record that begins with `bytes` if it follows those of `into`.
std::optional<batch_record> follower(const redo_content& into,
                                     std::string_view bytes, sha256& with) {
  auto found = read_record(bytes, with);
  if (found && !into.records.empty()) {
    const auto& last = into.records.back().batch.end;
    if (found->batch.end.batch != last.batch + 1 || found->before != last.hash)
      return std::nullopt;
  }
  return found;
}

/// The newest batch in `bytes`, wherever it begins.
std::uint64_t newest_batch(std::string_view bytes, sha256& with) {
  std::uint64_t newest = 0;
  for (auto at = bytes.find(record_magic); at != std::string_view::npos;
       at = bytes.find(record_magic, at + 1))
    if (const auto found = read_record(bytes.substr(at), with))
      newest = std::max(newest, found->batch.end.batch);
  return newest;
}

} // namespace

std::string redo_path(const std::string& data_dir) {
  return (std::filesystem::path(data_dir) / "redo").string();
}

void read_redo_log(const std::string& data_dir, redo_content& into, disk& on) {
  into.records.clear();
  into.end = 0;
  into.beyond = 0;
  const auto path = redo_path(data_dir);
  if (!on.exists(path))
    return;
  const auto from = on.open(path, disk::opening::read);
  into.bytes = from->read_at(0, from->size());
  sha256 with;
  const auto after = [&](std::uint64_t at) {
    return std::string_view(into.bytes)
        .substr(std::min<std::uint64_t>(at, into.bytes.size()));
  };
  for (;;) {
    auto begin = whole_blocks(into.end);
    auto next = follower(into, after(begin), with);
    // Those of format 2 lie one beside the other; where the disk was full at
    // the first start afterwards, others follow them.
    if (!next) {
      begin = into.end;
      next = follower(into, after(begin), with);
    }
    if (!next)
      break;
    into.end = begin + next->size;
    into.records.push_back(std::move(*next));
  }
  into.beyond = newest_batch(after(into.end), with);
}

redo_log::redo_log(const std::string& data_dir, std::uint64_t used, disk& on)
    : on_(on), data_dir_(data_dir),
      file_(on.open(redo_path(data_dir), disk::opening::blocks)),
      used_(whole_blocks(used)) {
  // A part of a block at the end is no room, but may be what was used.
  room_ = std::max(file_->size() / block_bytes * block_bytes, used_);
  if (room_ != 0)
    return;
  try {
    grow_to(growth_bytes);
  } catch (const journal_error& error) {
    // What is there can be read; the first transaction asks for room again.
    if (error.is() != journal_error::kind::full)
      throw;
  }
  file_->sync_data();
  on.sync_directory(data_dir);
}

void redo_log::finish() {
  file_->truncate();
  used_ = 0;
  room_ = 0;
}

bool redo_log::is_long(std::size_t bytes) const noexcept {
  const auto end = used_ + whole_blocks(bytes);
  if (used_ == 0 || end <= room_)
    return end > long_bytes && used_ != 0;
  // What is in it needs as much room again, in SQLite's log and then in the
  // tables: it must not be the redo log that takes it.
  return end > long_bytes || !has_room(on_, data_dir_, growth_bytes + 3 * end);
}

void redo_log::append(std::string_view record) {
  const auto size = whole_blocks(record.size());
  grow_to(used_ + size);
  file_->write_at(used_, in_blocks(record, size));
  try {
    file_->sync_data();
  } catch (const journal_error& error) {
    // Whatever the reason, nobody knows what the disk holds.
    throw journal_error(journal_error::kind::failed, error.what());
  }
  used_ += size;
}

void redo_log::grow_to(std::uint64_t end) {
  if (end <= room_)
    return;
  const auto wanted = (end / growth_bytes + 1) * growth_bytes;
  file_->write_at(room_, in_blocks({}, wanted - room_));
  room_ = wanted;
}

std::string_view redo_log::in_blocks(std::string_view record,
                                     std::uint64_t size) {
  if (size > blocks_size_) {
    blocks_.reset(new (block_alignment) char[size]);
    blocks_size_ = size;
  }
  auto* const begin = blocks_.get();
  std::fill(std::copy(record.begin(), record.end(), begin), begin + size, '\0');
  return {begin, size};
}

} // namespace holdfast::storage
