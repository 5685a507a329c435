#include "src/cli/load/judgement.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <unordered_map>

#include "src/history/history.hpp"

namespace holdfast::cli {

namespace {

using checker::violation;

/// Calls that are taken apart at once: what is in memory is a part of it.
constexpr std::size_t part_size = 100'000;

/// All that is known of one SKU.
struct sku_sum {
  bool is_read = false;
  /// Of the last read; version 0 where there is no record.
  balances last;
  /// Of the events.
  balances sum;
};

class judge_of_load {
public:
  judge_of_load(load_evidence&& evidence, load_verdict& verdict)
      : evidence_(std::move(evidence)), names_(*evidence_.names),
        verdict_(verdict) {
    if (evidence_.history != nullptr)
      history::history_writer{*evidence_.history}.write(evidence_.with, true);
    take_finals();
    divide();
  }

  void take(const std::string& node, event&& change, std::int64_t available);
  void finish();

private:
  void take_finals();
  void divide();
  void judge_part(std::size_t part);
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
  /// By SKU; the calls of a part follow each other in `evidence_.calls`.
  std::unordered_map<std::uint32_t, std::size_t> part_of_;
  std::vector<std::size_t> ends_;
  std::vector<std::vector<event>> events_;
};

void judge_of_load::take_finals() {
  for (const auto& each : evidence_.finals) {
    auto& at = sums_[each.ask.sku];
    at.is_read = true;
    if (each.has_record)
      at.last = record_in(each);
  }
  verdict_.skus = sums_.size();
}

void judge_of_load::divide() {
  auto& calls = evidence_.calls;
  std::sort(calls.begin(), calls.end(), [](const auto& a, const auto& b) {
    return std::pair{a.ask.sku, a.called_ns}
           < std::pair{b.ask.sku, b.called_ns};
  });
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const auto begin = ends_.empty() ? 0 : ends_.back();
    const auto is_last =
        i + 1 == calls.size() || calls[i + 1].ask.sku != calls[i].ask.sku;
    part_of_[calls[i].ask.sku] = ends_.size();
    if (is_last && (i + 1 - begin >= part_size || i + 1 == calls.size()))
      ends_.push_back(i + 1);
  }
  events_.resize(ends_.size());
  verdict_.calls = calls.size();
  verdict_.watched_skus = part_of_.size();
}

void judge_of_load::take(const std::string& node, event&& change,
                         std::int64_t available) {
  auto& last = last_seq_[node];
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
  // A hold may expire after the last look.
  if (at.is_read && change.type == event_type::reservation_expired
      && change.after.version > at.last.version)
    return;
  if (change.after.version != at.sum.version + 1)
    blame(4, at, *sku, "followed by " + std::to_string(change.after.version));
  const auto on_hand = at.sum.on_hand + change.delta;
  const auto reserved = at.sum.reserved + change.reserved_delta;
  at.sum = change.after;
  if (on_hand != at.sum.on_hand || reserved != at.sum.reserved)
    blame(7, at, *sku, "the deltas lead elsewhere");
  if (const auto part = part_of_.find(*sku); part != part_of_.end()) {
    ++verdict_.watched_events;
    events_[part->second].push_back(std::move(change));
  }
}

void judge_of_load::judge_part(std::size_t part) {
  const auto begin = part == 0 ? 0 : ends_[part - 1];
  checker::history calls;
  std::vector<checker::final_record> finals;
  for (auto i = begin; i < ends_[part]; ++i) {
    const auto& call = evidence_.calls[i];
    calls.push_back(unpack(call, names_, evidence_.with_fingerprints));
    const auto& at = sums_[call.ask.sku];
    const auto is_first =
        i == begin || evidence_.calls[i - 1].ask.sku != call.ask.sku;
    if (is_first && at.is_read)
      finals.push_back(
          {calls.back().ask.from.store, calls.back().ask.from.sku, at.last});
  }
  if (evidence_.history != nullptr) {
    history::history_writer to{*evidence_.history};
    for (const auto& each : calls)
      to.write(each);
    for (const auto& each : finals)
      to.write(each);
    for (const auto& each : events_[part])
      to.write(each);
  }
  auto found =
      checker::check_skus(calls, events_[part], finals, evidence_.with);
  std::vector<event>{}.swap(events_[part]);
  verdict_.found.insert(verdict_.found.end(),
                        std::make_move_iterator(found.begin()),
                        std::make_move_iterator(found.end()));
}

void judge_of_load::finish() {
  for (const auto& [sku, at] : sums_)
    if (!at.is_read && at.sum.version > 0)
      blame(2, at, sku, "nobody asked about this SKU");
    else if (at.is_read && at.last != at.sum)
      blame(7, at, sku, "the last read is not the sum of the events");
  for (std::size_t part = 0; part < ends_.size(); ++part)
    judge_part(part);
}

} // namespace

load_verdict judge(load_evidence evidence, target& of) {
  load_verdict verdict;
  judge_of_load judging{std::move(evidence), verdict};
  of.read_events(
      [&](const std::string& node, event&& change, std::int64_t available) {
        judging.take(node, std::move(change), available);
      });
  judging.finish();
  return verdict;
}

} // namespace holdfast::cli
