#include "http/door.hpp"

#include <algorithm>

namespace holdfast::http {

namespace {

using counted = std::memory_order;

void count(std::atomic<std::uint64_t>& counter) {
  counter.fetch_add(1, counted::relaxed);
}

bool joins_queue(const route* taken) noexcept {
  return taken != nullptr && taken->of != resource::page;
}

bool changes_stock(const route& taken) noexcept {
  return taken.of != resource::feed && is_write(taken.what);
}

} // namespace

entry door::admit(const route* taken, std::string_view client) {
  entry result;
  if (taken != nullptr && taken->is_always_served)
    return result;
  const auto now = clock::now();
  if (shared_.limiter) {
    result.rate = shared_.limiter->ask(client, now.time_since_epoch());
    if (!result.rate.is_granted) {
      count(shared_.counters->rate_limited);
      result.code = error_code::rate_limited;
      result.retry_after_s = result.rate.reset_s;
      return result;
    }
  }
  if (joins_queue(taken))
    shed(changes_stock(*taken), now, result);
  return result;
}

void door::shed(bool is_write, clock::time_point now, entry& into) {
  using verdict = load_shed_policy::verdict;
  auto& counters = *shared_.counters;
  const auto all = counters.in_flight.load(counted::relaxed);
  // Another node that stands still is no reason to refuse what is for this one.
  const auto away = static_cast<std::uint64_t>(
      std::max<std::int64_t>(counters.away.load(counted::relaxed), 0));
  const auto in_flight = all - std::min(all, away);
  if (now - recorded_at_ >= limits::sweep_period) {
    recorded_at_ = now;
    shedding_.record(now, counters.served.load(counted::relaxed), in_flight);
  }
  const auto said = all >= limits::in_flight_max
                        ? verdict::queue_full
                        : shedding_.judge(is_write, in_flight, now);
  if (said == verdict::admit)
    return;
  if (said == verdict::queue_full)
    count(counters.shed_queue_full);
  else
    count(is_write ? counters.shed_late_writes : counters.shed_late_reads);
  into.code = error_code::overloaded;
  into.retry_after_s = shedding_.retry_after_s(in_flight, now);
}

} // namespace holdfast::http
