#include "volatile_bytes.hpp"

#include <algorithm>

namespace holdfast::storage {

namespace {

constexpr std::uint64_t sector_bytes = 512;

void put(std::string& into, std::uint64_t offset, std::string_view bytes) {
  if (into.size() < offset + bytes.size())
    into.resize(offset + bytes.size());
  std::copy(bytes.begin(), bytes.end(),
            into.begin() + static_cast<std::ptrdiff_t>(offset));
}

/// How a disk that loses power treats what it was given.
enum class manner : std::uint8_t {
  /// It had not begun.
  nothing,
  /// It had just finished.
  everything,
  /// In order: some were written, one was under way.
  in_order,
  /// In an order of its own.
  any_order,
};

manner manner_of(dice& luck) {
  const auto die = luck.below(10);
  if (die < 2)
    return manner::nothing;
  if (die < 4)
    return manner::everything;
  return die < 7 ? manner::in_order : manner::any_order;
}

} // namespace

std::string_view volatile_bytes::read(std::uint64_t offset,
                                      std::size_t count) const {
  const std::string_view all{seen_};
  return offset < all.size() ? all.substr(offset, count) : std::string_view{};
}

void volatile_bytes::write(std::uint64_t offset, std::string_view bytes) {
  put(seen_, offset, bytes);
  open_.push_back({offset, std::string{bytes}});
}

void volatile_bytes::truncate(std::uint64_t size) {
  seen_.resize(size);
  open_.push_back({size, {}, true});
}

void volatile_bytes::sync() {
  for (const auto& each : open_) {
    if (each.cuts)
      safe_.resize(each.offset);
    else
      put(safe_, each.offset, each.bytes);
  }
  open_.clear();
}

void volatile_bytes::fail_sync(dice& luck) {
  std::erase_if(open_, [&](const auto&) { return luck.chance(50); });
}

void volatile_bytes::tear(const change& what, dice& luck) {
  const std::string_view bytes{what.bytes};
  for (std::size_t done = 0; done < bytes.size();) {
    const auto at = what.offset + done;
    const auto left = sector_bytes - at % sector_bytes;
    const auto piece = bytes.substr(done, left);
    done += piece.size();
    if (luck.chance(50))
      put(safe_, at, piece);
    else if (luck.chance(30))
      put(safe_, at, piece.substr(0, luck.below(piece.size() + 1)));
  }
}

void volatile_bytes::lose_power(dice& luck) {
  const auto how = manner_of(luck);
  const auto last = open_.empty() ? 0 : luck.below(open_.size());
  for (std::size_t i = 0; i < open_.size(); ++i) {
    const auto& each = open_[i];
    const auto is_whole = how == manner::everything
                          || (how == manner::in_order && i < last)
                          || (how == manner::any_order && luck.chance(40));
    const auto is_torn =
        how == manner::any_order || (how == manner::in_order && i == last);
    if (each.cuts) {
      if (is_whole)
        safe_.resize(each.offset);
    } else if (is_whole) {
      put(safe_, each.offset, each.bytes);
    } else if (is_torn) {
      tear(each, luck);
    }
  }
  seen_ = safe_;
  open_.clear();
}

} // namespace holdfast::storage
