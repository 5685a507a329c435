#include "holdfast/feed_span.hpp"

#include <algorithm>
#include <utility>

#include "siphash.hpp"

namespace holdfast {

namespace {

/// Cursors are made with it.
constexpr std::uint64_t key_low = 0x686f6c6466617374;
constexpr std::uint64_t key_high = 0x6665656420637572;

/// A page and how much of it was taken.
struct reader {
  feed_leg_page from;
  std::size_t taken = 0;

  bool is_empty() const noexcept {
    return taken == from.page.events.size();
  }
  event& next() noexcept {
    return from.page.events[taken];
  }
};

/// The reader whose next event is the earliest, null if all are empty.
reader* earliest(std::vector<reader>& all) {
  reader* best = nullptr;
  for (auto& each : all)
    if (!each.is_empty()
        && (best == nullptr
            || each.next().after.updated_at_ms
                   < best->next().after.updated_at_ms))
      best = &each;
  return best;
}

} // namespace

std::uint64_t fixed_hash(std::string_view text) noexcept {
  return siphash(key_low, key_high).finish(text).low;
}

event_page merge_pages(std::vector<feed_leg_page> pages, std::size_t limit,
                       feed_span& span) {
  // They come in any order, and every node merges them alike.
  std::sort(pages.begin(), pages.end(),
            [](const auto& a, const auto& b) { return a.leg < b.leg; });
  std::vector<reader> all;
  for (auto& each : pages)
    all.push_back({std::move(each)});
  event_page made;
  while (made.events.size() < limit) {
    auto* from = earliest(all);
    if (from == nullptr)
      break;
    span.leg_of.push_back(from->from.leg);
    span.legs[from->from.leg].after = from->next().seq;
    made.events.push_back(std::move(from->next()));
    ++from->taken;
  }
  // What was read to its end is read on behind that, wanted rows or not.
  for (const auto& each : all)
    if (each.is_empty()) {
      auto& leg = span.legs[each.from.leg];
      leg.after = std::max(leg.after, each.from.page.last_seq);
    }
  return made;
}

std::vector<feed_mark> next_marks(const feed_span& span) {
  std::vector<feed_mark> made;
  for (const auto& leg : span.legs)
    made.push_back({fixed_hash(leg.node), leg.after});
  for (const auto& mark : span.marks)
    if (std::none_of(made.begin(), made.end(),
                     [&](const auto& each) { return each.node == mark.node; }))
      made.push_back(mark);
  std::erase_if(made, [](const auto& each) { return each.after == 0; });
  std::sort(made.begin(), made.end());
  return made;
}

} // namespace holdfast
