#include "src/cli/load/judgement.hpp"

#include <map>
#include <unordered_map>
#include <utility>

#include "src/cli/load/watched_calls.hpp"
#include "src/history/history.hpp"

namespace holdfast::cli {

namespace {

using checker::violation;

/// All that is known of one SKU.
struct sku_sum {
  bool is_read = false;
  std::uint16_t store = 0;
  /// Of the last read; version 0 where there is no record.
  balances last;
  /// What it says is available, if it says so.
  std::int64_t available = absent;
  /// The events come to that.
  bool is_met = true;
  /// Of the events.
  balances sum;
};

class judge_of_load {
public:
  judge_of_load(load_evidence&& evidence, load_verdict& verdict)
      : evidence_(std::move(evidence)), names_(*evidence_.names),
        verdict_(verdict), watched_(std::move(evidence_.calls)) {
    take_finals();
    verdict_.calls = watched_.call_count();
    verdict_.watched_skus = watched_.sku_count();
  }

  void take(const std::string& node, event&& change, std::int64_t available);
  /// `has_all`: there was no event before those that were taken.
  void finish(bool has_all);
  /// Instead of that: writes the calls alone.
  void keep_calls() const;

private:
  void take_finals();
  void write_terms(bool has_all) const;
  void blame(int item, const sku_sum& of, std::uint32_t sku,
             const std::string& what) {
    verdict_.found.push_back({item, names_.sku(sku) + ", version "
                                        + std::to_string(of.sum.version) + ": "
                                        + what});
  }

  load_evidence evidence_;
  const name_book& names_;
  load_verdict& verdict_;
  std::unordered_map<std::uint32_t, sku_sum> sums_;
  std::map<std::string, std::uint64_t> last_seq_;
  watched_calls watched_;
  /// Events of anybody.
  std::size_t taken_ = 0;
};

void judge_of_load::take_finals() {
  for (const auto& each : evidence_.finals) {
    auto& at = sums_[each.ask.sku];
    at.is_read = true;
    at.store = each.ask.store;
    if (!each.has_record)
      continue;
    at.last = record_in(each);
    at.available = available_in(each);
    at.is_met = false;
    if (auto odd = checker::check_available({names_.stores()[at.store],
                                             names_.sku(each.ask.sku), at.last,
                                             at.available}))
      verdict_.found.push_back(std::move(*odd));
  }
  verdict_.skus = sums_.size();
}

void judge_of_load::take(const std::string& node, event&& change,
                         std::int64_t available) {
  ++taken_;
  const auto place = last_seq_.try_emplace(node).first;
  auto& last = place->second;
  if (last != 0 && change.seq != last + 1)
    verdict_.found.push_back({4, node + ": seq " + std::to_string(change.seq)
                                     + " follows " + std::to_string(last)});
  last = change.seq;
  const auto sku = names_.index_of(change.from.sku);
  if (!sku)
    return;
  ++verdict_.events;
  if (auto odd = checker::check_available(change, available))
    verdict_.found.push_back(std::move(*odd));
  auto& at = sums_[*sku];
  if (change.after.version != at.sum.version + 1)
    blame(4, at, *sku, "followed by " + std::to_string(change.after.version));
  const auto on_hand = at.sum.on_hand + change.delta;
  const auto reserved = at.sum.reserved + change.reserved_delta;
  at.sum = change.after;
  if (on_hand != at.sum.on_hand || reserved != at.sum.reserved)
    blame(7, at, *sku, "the deltas lead elsewhere");
  if (at.sum.version == at.last.version)
    at.is_met = at.sum == at.last;
  // A hold may expire after the last look.
  if (at.is_read && at.sum.version > at.last.version
      && change.type != event_type::reservation_expired)
    blame(7, at, *sku, "it was changed after the last read");
  if (evidence_.view)
    evidence_.view->follow(*sku, change, at.sum);
  verdict_.watched_events +=
      watched_.take(place->first, *sku, std::move(change)) ? 1 : 0;
}

void judge_of_load::write_terms(bool has_all) const {
  const auto is_whole = has_all && verdict_.watched_skus == verdict_.skus
                        && verdict_.watched_events == taken_;
  if (evidence_.history != nullptr)
    history::history_writer{*evidence_.history}.write(evidence_.with,
                                                      !is_whole);
}

void judge_of_load::keep_calls() const {
  if (evidence_.history == nullptr)
    return;
  history::history_writer{*evidence_.history}.write(evidence_.with, true);
  watched_.write_calls(names_, evidence_.with_fingerprints, *evidence_.history);
}

void judge_of_load::finish(bool has_all) {
  write_terms(has_all);
  for (const auto& [sku, at] : sums_)
    if (!at.is_read && at.sum.version > 0)
      blame(2, at, sku, "nobody asked about this SKU");
    else if (!at.is_met)
      blame(7, at, sku, "the last read is not the sum of the events");
  const auto last =
      [this](std::uint32_t sku) -> std::optional<checker::final_record> {
    const auto& at = sums_[sku];
    if (!at.is_read)
      return std::nullopt;
    return checker::final_record{names_.stores()[at.store], names_.sku(sku),
                                 at.last, at.available};
  };
  const auto view = [this](std::uint32_t sku) {
    return evidence_.view ? evidence_.view->find(names_, sku) : std::nullopt;
  };
  watched_.judge({names_, evidence_.with_fingerprints, evidence_.with, last,
                  view, evidence_.history},
                 verdict_.found);
  verdict_.has_view = evidence_.view.has_value();
  if (evidence_.view)
    evidence_.view->judge(names_, verdict_.found);
  else
    verdict_.missing.push_back("item 7: not checked against the central view, "
                               "which this key may not have read anew");
  verdict_.missing.push_back("item 8: not checked, no event with a token");
}

} // namespace

load_verdict judge(load_evidence evidence, target& of) {
  load_verdict verdict;
  judge_of_load judging{std::move(evidence), verdict};
  try {
    of.read_events(
        [&](const std::string& node, event&& change, std::int64_t available) {
          judging.take(node, std::move(change), available);
        });
  } catch (const load_failure&) {
    judging.keep_calls();
    throw;
  }
  judging.finish(of.was_empty());
  return verdict;
}

void keep_calls(load_evidence evidence) {
  load_verdict nobodys;
  judge_of_load{std::move(evidence), nobodys}.keep_calls();
}

} // namespace holdfast::cli
