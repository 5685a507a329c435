#include "holdfast/running_keys.hpp"

#include <cassert>
#include <utility>

namespace holdfast {

namespace {

constexpr std::size_t places_min = 4;

} // namespace

std::size_t running_keys::locate(const key_hash& hash) const noexcept {
  auto index = home(hash);
  while (places_[index].is_taken && places_[index].hash != hash)
    index = after(index);
  return index;
}

bool running_keys::contains(const key_hash& hash) const noexcept {
  return size_ > 0 && places_[locate(hash)].is_taken;
}

void running_keys::insert(const key_hash& hash) {
  assert(!contains(hash));
  if (4 * (size_ + 1) > 3 * places_.size())
    grow();
  places_[locate(hash)] = {hash, true};
  ++size_;
}

void running_keys::erase(const key_hash& hash) noexcept {
  if (size_ == 0)
    return;
  auto gap = locate(hash);
  if (!places_[gap].is_taken)
    return;
  --size_;
  // What follows without a gap moves into this one if its way from home leads
  // past it.
  const auto mask = places_.size() - 1;
  for (auto next = after(gap); places_[next].is_taken; next = after(next)) {
    const auto way = (next - home(places_[next].hash)) & mask;
    if (way >= ((next - gap) & mask))
      places_[std::exchange(gap, next)] = places_[next];
  }
  places_[gap].is_taken = false;
}

void running_keys::clear() noexcept {
  places_.clear();
  size_ = 0;
}

void running_keys::grow() {
  std::vector<place> old(places_.empty() ? places_min : 2 * places_.size());
  old.swap(places_);
  for (const auto& each : old)
    if (each.is_taken)
      places_[locate(each.hash)] = each;
}

} // namespace holdfast
