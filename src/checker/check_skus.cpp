// All that there is to say about some SKUs.
#include <algorithm>
#include <deque>
#include <limits>

#include "src/checker/replay.hpp"

namespace holdfast::checker {

namespace {

bool versions_are_whole(const sku_case& of, violations& found) {
  std::uint64_t last = 0;
  std::uint64_t last_seq = 0;
  auto whole = true;
  for (const auto* change : of.events) {
    const auto version = change->after.version;
    if (version != last + 1) {
      found.push_back(blame(of, 4,
                            "version " + std::to_string(version) + " follows "
                                + std::to_string(last)));
      whole = false;
    } else if (change->prev_seq != 0 && change->prev_seq != last_seq) {
      found.push_back(blame(of, 4,
                            "version " + std::to_string(version)
                                + " does not point to the one before"));
    }
    last = version;
    last_seq = change->seq;
  }
  return whole;
}

/// The moment after the answer to `call`, if it had one.
std::int64_t moment_after(const entry& call) {
  if (!call.known)
    return std::numeric_limits<std::int64_t>::min();
  return call.returned_ns == never ? never : call.returned_ns + 1;
}

/// A moment by which everybody has the last answer to a write. Last reads take
/// their time: those of others may come later.
std::int64_t rest_of(const history& calls) {
  auto last = std::numeric_limits<std::int64_t>::min();
  for (const auto& call : calls)
    if (is_write(call.ask.from.what))
      last = std::max(last, moment_after(call));
  return last;
}

/// A SKU whose versions have no gaps.
struct whole_case {
  sku_case& is;
  timeline times;
};

class examination {
public:
  examination(const history& calls, const std::vector<event>& journal,
              const std::vector<final_record>& finals, const terms& with,
              violations& found)
      : with_(with), journal_(journal), found_(found),
        marks_replays_(std::any_of(calls.begin(), calls.end(),
                                   [](const auto& call) {
                                     return call.known && call.answer.replayed;
                                   })),
        needs_finals_(with.reads_all && !finals.empty()),
        rest_ns_(checker::rest_of(calls)), all_(split(calls, journal, finals)) {
    // nop
  }

  void run(std::vector<numbered>* when) {
    for (auto& [name, each] : all_)
      look_at(each);
    for (const auto& each : whole_)
      date(each, when);
    for (auto& [store, dates] : dates_)
      dates.sort();
    if (with_.is_http)
      for (const auto& [name, each] : all_)
        check_store(each);
    for (auto& [each, times] : whole_) {
      replay(each, times, {with_, dates_[each.store], rest_of(each)}, found_);
      check_sums(each, found_);
    }
  }

private:
  void look_at(sku_case& of);
  void date(const whole_case& of, std::vector<numbered>* when);
  void check_store(const sku_case& of);
  std::int64_t rest_of(const sku_case& of) const;

  const terms& with_;
  const std::vector<event>& journal_;
  violations& found_;
  bool marks_replays_;
  bool needs_finals_;
  std::int64_t rest_ns_;
  cases all_;
  std::deque<whole_case> whole_;
  std::map<std::string, store_dates> dates_;
};

void examination::look_at(sku_case& of) {
  const auto whole = versions_are_whole(of, found_);
  attribute(of, with_, found_);
  check_keys(of, with_, marks_replays_, found_);
  if (needs_finals_ && of.end == nullptr && !of.calls.empty()
      && !of.events.empty())
    found_.push_back(blame(of, 7, "has calls and no final record"));
  if (of.end != nullptr)
    if (auto odd = check_available(*of.end))
      found_.push_back(std::move(*odd));
  if (whole)
    whole_.push_back({of, timeline{of}});
}

/// What its callers know of when its events were written.
void examination::date(const whole_case& of, std::vector<numbered>* when) {
  auto& dates = dates_[of.is.store];
  for (const auto* change : of.is.events) {
    const auto version = change->after.version;
    const auto known_ns = of.times.known_ns(version);
    dates.add(known_ns, change->after.updated_at_ms);
    if (when != nullptr)
      when->push_back({change->seq,
                       static_cast<std::size_t>(change - journal_.data()),
                       of.times.asked_ns(version), known_ns});
  }
}

/// Nobody asked about it later but whoever read it last.
std::int64_t examination::rest_of(const sku_case& of) const {
  auto last = rest_ns_;
  for (const auto* call : of.calls)
    last = std::max(last, moment_after(*call));
  return last;
}

/// A store that has events is there.
void examination::check_store(const sku_case& of) {
  for (const auto* call : of.calls)
    if (call->known && call->answer.code == error_code::store_not_found
        && dates_[of.store].is_known_before(call->called_ns))
      found_.push_back(blame(of, 5, tell_groundless(*call)));
}

} // namespace

std::vector<violation> check_skus(const history& calls,
                                  const std::vector<event>& journal,
                                  const std::vector<final_record>& finals,
                                  const terms& with,
                                  std::vector<numbered>* when) {
  violations found;
  examination{calls, journal, finals, with, found}.run(when);
  return found;
}

std::vector<violation> check_feed(std::vector<numbered> when) {
  violations found;
  std::sort(when.begin(), when.end(), [](const auto& one, const auto& other) {
    return one.seq > other.seq;
  });
  const numbered* earliest = nullptr;
  for (const auto& each : when) {
    if (earliest != nullptr && earliest->known_ns < each.asked_ns)
      found.push_back(
          {4, "seq " + std::to_string(each.seq) + " was asked for after seq "
                  + std::to_string(earliest->seq) + " had been told"});
    if (earliest == nullptr || each.known_ns < earliest->known_ns)
      earliest = &each;
  }
  return found;
}

} // namespace holdfast::checker
