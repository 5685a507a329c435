#include "src/checker/checker.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

using cases = std::map<std::pair<std::string, std::string>, sku_case>;

sku_case& case_of(cases& all, const std::string& store,
                  const std::string& sku) {
  auto& found = all[{store, sku}];
  if (found.sku.empty()) {
    found.store = store;
    found.sku = sku;
  }
  return found;
}

cases split(const history& calls, const std::vector<event>& journal,
            const std::vector<final_record>& finals) {
  cases all;
  for (const auto& call : calls)
    case_of(all, call.ask.from.store, call.ask.from.sku).calls.push_back(&call);
  for (const auto& change : journal)
    case_of(all, change.from.store, change.from.sku).events.push_back(&change);
  for (const auto& end : finals)
    case_of(all, end.store, end.sku).end = &end;
  for (auto& [name, each] : all) {
    std::stable_sort(
        each.calls.begin(), each.calls.end(),
        [](auto* a, auto* b) { return a->called_ns < b->called_ns; });
    std::stable_sort(
        each.events.begin(), each.events.end(),
        [](auto* a, auto* b) { return a->after.version < b->after.version; });
  }
  return all;
}

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

} // namespace

violation blame(const sku_case& of, int item, const std::string& text) {
  return {item, of.store + '/' + of.sku + ": " + text};
}

bool leaves_doubt(error_code code) noexcept {
  return code == error_code::deadline_exceeded || code == error_code::internal
         || code == error_code::read_only
         || code == error_code::store_unavailable;
}

std::optional<violation> check_available(const event& change,
                                         std::int64_t told) {
  const auto left = change.after.available();
  if (told == absent || told == left)
    return std::nullopt;
  return violation{5, change.from.store + '/' + change.from.sku + ": version "
                          + std::to_string(change.after.version)
                          + " is told with " + std::to_string(told)
                          + " available, and has " + std::to_string(left)};
}

std::vector<violation> check_numbers(const std::vector<event>& journal) {
  violations found;
  std::uint64_t last = 0;
  for (const auto& change : journal) {
    if (change.seq != last + 1)
      found.push_back({4, "seq " + std::to_string(change.seq) + " follows "
                              + std::to_string(last)});
    last = change.seq;
  }
  return found;
}

std::vector<violation> check_order(const std::vector<event>& journal) {
  violations found;
  auto all = split({}, journal, {});
  for (const auto& [name, each] : all) {
    const event* last = nullptr;
    for (const auto* change : each.events) {
      if (last != nullptr && change->after.version > last->after.version
          && change->seq < last->seq)
        found.push_back(blame(each, 4,
                              "version " + std::to_string(change->after.version)
                                  + " has seq " + std::to_string(change->seq)
                                  + ", and the one before "
                                  + std::to_string(last->seq)));
      last = change;
    }
  }
  return found;
}

std::vector<violation> check_skus(const history& calls,
                                  const std::vector<event>& journal,
                                  const std::vector<final_record>& finals,
                                  const terms& with) {
  violations found;
  auto all = split(calls, journal, finals);
  const auto marks = std::any_of(calls.begin(), calls.end(), [](auto& call) {
    return call.known && call.answer.replayed;
  });
  for (auto& [name, each] : all) {
    const auto whole = versions_are_whole(each, found);
    attribute(each, with, found);
    check_keys(each, with, marks, found);
    if (with.reads_all && !finals.empty() && each.end == nullptr
        && !each.calls.empty() && !each.events.empty())
      found.push_back(blame(each, 7, "has calls and no final record"));
    if (!whole)
      continue;
    replay(each, with, found);
    check_sums(each, found);
  }
  return found;
}

std::vector<violation> check(const history& calls,
                             const std::vector<event>& journal,
                             const std::vector<final_record>& finals,
                             const terms& with) {
  auto found = check_numbers(journal);
  const auto add = [&found](violations more) {
    found.insert(found.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  };
  add(check_order(journal));
  add(check_skus(calls, journal, finals, with));
  return found;
}

std::string describe(const std::vector<violation>& found) {
  std::string text;
  for (const auto& each : found)
    text += "item " + std::to_string(each.item) + ": " + each.text + '\n';
  return text;
}

} // namespace holdfast::checker
