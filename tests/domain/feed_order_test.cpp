// A feed that is read from page to page, of logs made up from a seed.
#include <algorithm>
#include <utility>

#include "holdfast/feed_span.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;

namespace {

/// A log that is read as `journal::scan` reads one, at most `rows_max` rows at
/// a time; an event is wanted if its delta is 0.
event_page scan(const std::vector<event>& log, std::uint64_t after,
                std::size_t limit, std::size_t rows_max) {
  event_page made;
  made.last_seq = after;
  while (made.last_seq < log.size() && made.last_seq < after + rows_max
         && made.events.size() < limit) {
    const auto& each = log[made.last_seq++];
    made.last_ms = each.after.updated_at_ms;
    if (each.delta == 0)
      made.events.push_back(each);
  }
  made.is_last = made.last_seq == log.size();
  return made;
}

std::vector<event> some_log(std::mt19937_64& random) {
  std::vector<event> made(random() % 60);
  std::int64_t now_ms = random() % 50;
  for (auto& each : made) {
    each.seq = 1 + static_cast<std::uint64_t>(&each - made.data());
    each.after.updated_at_ms = now_ms += random() % 4;
    each.delta = random() % 3 == 0;
  }
  return made;
}

} // namespace

TEST_CASE("from page to page every event comes once, in the order of time") {
  auto random = seeded_engine();
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<event>> logs(1 + random() % 4);
    feed_span span;
    std::size_t owed = 0;
    for (auto& log : logs) {
      log = some_log(random);
      span.legs.push_back({"n" + std::to_string(span.legs.size()), 0});
      owed += std::count_if(log.begin(), log.end(),
                            [](const auto& each) { return each.delta == 0; });
    }
    const auto limit = 1 + random() % 9;
    std::int64_t last_ms = 0;
    std::vector<std::uint64_t> last_seq(logs.size());
    for (;;) {
      std::vector<feed_leg_page> pages;
      for (std::uint16_t leg = 0; leg < logs.size(); ++leg)
        pages.push_back({leg, scan(logs[leg], span.legs[leg].after, limit,
                                   1 + random() % 9)});
      const auto before = span.legs;
      span.leg_of.clear();
      const auto page = merge_pages(std::move(pages), limit, span);
      REQUIRE(page.events.size() <= limit);
      owed -= page.events.size();
      for (std::size_t i = 0; i < page.events.size(); ++i) {
        const auto& each = page.events[i];
        CHECK(each.after.updated_at_ms >= last_ms);
        last_ms = each.after.updated_at_ms;
        CHECK(each.seq > std::exchange(last_seq[span.leg_of[i]], each.seq));
      }
      if (span.legs == before)
        break;
    }
    CHECK(owed == 0);
  }
}
