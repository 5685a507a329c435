#include "high_water_mark.hpp"

#include <algorithm>
#include <filesystem>

#include "byte_codec.hpp"
#include "checksum.hpp"
#include "corrupt.hpp"
#include "holdfast/journal.hpp"

namespace holdfast::storage {

namespace {

namespace fs = std::filesystem;

/// A torn write damages whole blocks, so the slots are a block apart.
constexpr std::size_t slot_distance = 4096;
constexpr std::size_t slot_bytes = 64;
constexpr std::size_t slots = 2;

std::string mark_path_in(const std::string& data_dir) {
  return (fs::path(data_dir) / "high-water").string();
}

std::string encode(const journal_end& at) {
  std::string slot;
  {
    byte_writer out(slot, slot_bytes);
    out.fixed64(at.last_seq);
    out.fixed64(at.last_answer);
    out.fixed64(at.batch);
    out.raw(at.hash.data(), at.hash.size());
  }
  const auto sum = checksum(slot);
  byte_writer(slot, sizeof(sum)).fixed64(sum);
  return slot;
}

/// The batch is in the journal, so no error is one of a disk that is merely
/// full.
template <class F>
void surely(F work) {
  try {
    work();
  } catch (const journal_error& error) {
    throw journal_error(journal_error::kind::failed, error.what());
  }
}

std::optional<journal_end> decode(std::string_view slot) {
  if (slot.size() != slot_bytes)
    return std::nullopt;
  byte_reader in(slot);
  journal_end at;
  at.last_seq = in.fixed64();
  at.last_answer = in.fixed64();
  at.batch = in.fixed64();
  const auto hash = in.raw(at.hash.size());
  std::copy(hash.begin(), hash.end(), at.hash.begin());
  if (in.fixed64() != checksum(slot.substr(0, slot_bytes - 8)))
    return std::nullopt;
  return at;
}

} // namespace

std::optional<high_water_mark::reading>
high_water_mark::read(const std::string& data_dir, disk& on) {
  const auto path = mark_path_in(data_dir);
  if (!on.exists(path))
    return std::nullopt;
  const auto from = on.open(path, disk::opening::read);
  const auto one = decode(from->read_at(0, slot_bytes));
  const auto two = decode(from->read_at(slot_distance, slot_bytes));
  if (one && two)
    return reading{one->batch > two->batch ? *one : *two, false};
  if (one || two)
    return reading{one ? *one : *two, true};
  corrupt("the high-water mark " + path
          + " is damaged: how far the journal was "
            "acknowledged is unknown");
}

void high_water_mark::create(const std::string& data_dir, const journal_end& at,
                             disk& on) {
  const auto path = mark_path_in(data_dir);
  const auto fresh = path + ".new";
  {
    const auto to = on.open(fresh, disk::opening::fresh);
    auto block = encode(at);
    // Every block is there before the first batch needs it, so that marking it
    // never asks for space.
    block.resize(slot_distance);
    for (std::size_t i = 0; i < slots; ++i)
      to->write_at(i * slot_distance, block);
    to->sync_data();
  }
  on.rename(fresh, path);
  on.sync_directory(data_dir);
}

high_water_mark::high_water_mark(const std::string& data_dir, disk& on)
    : file_(on.open(mark_path_in(data_dir), disk::opening::write)) {
  const auto one = decode(file_->read_at(0, slot_bytes));
  const auto two = decode(file_->read_at(slot_distance, slot_bytes));
  slot_ = one && (!two || one->batch > two->batch) ? 1 : 0;
}

void high_water_mark::follow() {
  const auto one = decode(file_->read_at(0, slot_bytes));
  const auto two = decode(file_->read_at(slot_distance, slot_bytes));
  const std::size_t newest = two && (!one || two->batch > one->batch) ? 1 : 0;
  const auto& latest = newest == 0 ? one : two;
  const auto is_durable = is_synced_ && latest && latest == written_;
  slot_ = is_durable ? (newest + 1) % slots : newest;
}

void high_water_mark::write(const journal_end& at) {
  is_synced_ = false;
  surely([&] { file_->write_at(slot_ * slot_distance, encode(at)); });
  written_ = at;
}

// A sync that failed leaves what the disk may not have in the cache of the
// system, which takes it for written. Where the disk has it, the same bytes
// cannot tear it.
void high_water_mark::confirm() {
  const auto newest = (slot_ + 1) % slots * slot_distance;
  surely([&] {
    file_->write_at(newest, file_->read_at(newest, slot_bytes));
    file_->sync_data();
  });
}

void high_water_mark::sync() {
  if (is_synced_)
    return;
  surely([&] { file_->sync_data(); });
  is_synced_ = true;
  slot_ = (slot_ + 1) % slots;
}

} // namespace holdfast::storage
