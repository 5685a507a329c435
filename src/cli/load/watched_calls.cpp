#include "src/cli/load/watched_calls.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace holdfast::cli {

watched_calls::watched_calls(std::vector<packed_call> calls,
                             std::size_t part_size)
    : calls_(std::move(calls)) {
  std::sort(calls_.begin(), calls_.end(), [](const auto& a, const auto& b) {
    return std::pair{a.ask.sku, a.called_ns}
           < std::pair{b.ask.sku, b.called_ns};
  });
  std::size_t begin = 0;
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    const auto is_last = i + 1 == calls_.size();
    const auto is_last_of_sku =
        is_last || calls_[i + 1].ask.sku != calls_[i].ask.sku;
    part_of_[calls_[i].ask.sku] = parts_.size();
    if (!is_last_of_sku || !(is_last || i + 1 - begin >= part_size))
      continue;
    parts_.push_back({begin, i + 1, {}, {}});
    begin = i + 1;
  }
}

bool watched_calls::take(const std::string& node, std::uint32_t sku,
                         event&& change) {
  const auto found = part_of_.find(sku);
  if (found == part_of_.end())
    return false;
  auto& into = parts_[found->second];
  into.journal.push_back(std::move(change));
  into.nodes.push_back(&node);
  part_of_event_.push_back(static_cast<std::uint32_t>(found->second));
  return true;
}

std::vector<checker::violation> watched_calls::judge(part& of,
                                                     const surroundings& in) {
  const auto events = std::move(of.journal);
  checker::history calls;
  std::vector<checker::final_record> finals;
  std::vector<checker::central_entry> view;
  for (auto i = of.begin; i < of.end; ++i) {
    const auto sku = calls_[i].ask.sku;
    calls.push_back(unpack(calls_[i], in.names, in.with_fingerprints));
    if (i > of.begin && calls_[i - 1].ask.sku == sku)
      continue;
    if (auto last = in.last(sku))
      finals.push_back(std::move(*last));
    if (auto shown = in.view(sku))
      view.push_back(std::move(*shown));
  }
  if (in.history != nullptr) {
    history::history_writer to{*in.history};
    const auto write = [&to](const auto& all) {
      for (const auto& each : all)
        to.write(each);
    };
    write(calls);
    write(finals);
    write(view);
  }
  std::vector<checker::numbered> when;
  auto found = checker::check_skus(calls, events, finals, in.with, &when);
  for (const auto& each : when)
    when_[of.nodes[each.index]].push_back(each);
  return found;
}

void watched_calls::write_calls(const name_book& names, bool with_fingerprints,
                                std::ostream& to) const {
  history::history_writer into{to};
  for (const auto& each : calls_)
    into.write(unpack(each, names, with_fingerprints));
}

/// By `seq`, whichever part has them.
void watched_calls::write_events(std::ostream& to) const {
  history::history_writer into{to};
  std::vector<std::size_t> written(parts_.size());
  for (const auto at : part_of_event_) {
    const auto i = written[at]++;
    into.write(parts_[at].journal[i], nullptr, *parts_[at].nodes[i]);
  }
}

void watched_calls::judge(const surroundings& in,
                          std::vector<checker::violation>& found) {
  if (in.history != nullptr)
    write_events(*in.history);
  for (auto& each : parts_) {
    auto more = judge(each, in);
    std::move(more.begin(), more.end(), std::back_inserter(found));
  }
  for (auto& [node, when] : when_)
    for (auto& each : checker::check_feed(std::move(when)))
      found.push_back({each.item, *node + ": " + each.text});
}

} // namespace holdfast::cli
