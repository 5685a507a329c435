#include "holdfast/feed_span.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "siphash.hpp"

namespace holdfast {

namespace {

/// Cursors are made with it.
constexpr std::uint64_t cursor_key_high = 0x6665656420637572;

constexpr auto never_ms = std::numeric_limits<std::int64_t>::max();

/// A page and how much of it was taken. Its times only grow: a clock that was
/// set back changes no order within a log.
class reader {
public:
  reader(feed_leg_page from, std::uint64_t after)
      : from_(std::move(from)),
        has_more_(!from_.page.is_last && from_.page.last_seq > after) {
    // nop
  }

  std::uint16_t leg() const noexcept {
    return from_.leg;
  }
  bool is_empty() const noexcept {
    return taken_ == from_.page.events.size();
  }
  std::int64_t next_ms() const noexcept {
    return std::max(reached_ms_, next().after.updated_at_ms);
  }
  event take() {
    reached_ms_ = next_ms();
    return std::move(from_.page.events[taken_++]);
  }
  std::uint64_t last_seq() const noexcept {
    return from_.page.last_seq;
  }
  /// What follows behind the page is not older than that.
  std::int64_t horizon_ms() const noexcept {
    if (!has_more_)
      return never_ms;
    auto latest = from_.page.last_ms;
    for (const auto& each : from_.page.events)
      latest = std::max(latest, each.after.updated_at_ms);
    return latest;
  }

private:
  const event& next() const noexcept {
    return from_.page.events[taken_];
  }

  feed_leg_page from_;
  bool has_more_;
  std::size_t taken_ = 0;
  std::int64_t reached_ms_ = std::numeric_limits<std::int64_t>::min();
};

/// The reader whose next event is the earliest, null if all are empty.
reader* earliest(std::vector<reader>& all) {
  reader* best = nullptr;
  for (auto& each : all)
    if (!each.is_empty()
        && (best == nullptr || each.next_ms() < best->next_ms()))
      best = &each;
  return best;
}

} // namespace

std::uint64_t fixed_hash(std::string_view text) noexcept {
  return siphash(fixed_key_low, cursor_key_high).finish(text).low;
}

event_page merge_pages(std::vector<feed_leg_page> pages, std::size_t limit,
                       feed_span& span) {
  // They come in any order, and every node merges them alike.
  std::sort(pages.begin(), pages.end(),
            [](const auto& a, const auto& b) { return a.leg < b.leg; });
  std::vector<reader> all;
  auto horizon_ms = never_ms;
  for (auto& each : pages) {
    const auto after = span.legs[each.leg].after;
    const auto& made = all.emplace_back(std::move(each), after);
    horizon_ms = std::min(horizon_ms, made.horizon_ms());
  }
  event_page made;
  while (made.events.size() < limit) {
    auto* from = earliest(all);
    if (from == nullptr || from->next_ms() > horizon_ms)
      break;
    made.events.push_back(from->take());
    span.leg_of.push_back(from->leg());
    span.legs[from->leg()].after = made.events.back().seq;
  }
  // What was read to its end is read on behind that, wanted rows or not.
  for (const auto& each : all)
    if (each.is_empty()) {
      auto& leg = span.legs[each.leg()];
      leg.after = std::max(leg.after, each.last_seq());
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
