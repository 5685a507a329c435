#include "src/checker/checker.hpp"

#include <iterator>
#include <utility>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

violation blame(const sku_case& of, int item, const std::string& text) {
  return {item, of.store + '/' + of.sku + ": " + text};
}

std::string tell_groundless(const entry& call) {
  const auto& key = call.ask.from.key;
  return "client " + std::to_string(call.client)
         + (key.empty() ? "" : ", key " + key) + " was refused as "
         + std::string{to_string(call.answer.code)} + " for no reason";
}

bool leaves_doubt(error_code code) noexcept {
  return code == error_code::deadline_exceeded || code == error_code::internal
         || code == error_code::read_only
         || code == error_code::store_unavailable;
}

std::optional<violation> check_available(const event& change,
                                         std::int64_t told) {
  return check_available(
      {change.from.store, change.from.sku, change.after, told});
}

std::optional<violation> check_available(const final_record& shown) {
  const auto left = shown.record.available();
  if (shown.available == absent || shown.available == left)
    return std::nullopt;
  return violation{5, shown.store + '/' + shown.sku + ": version "
                          + std::to_string(shown.record.version)
                          + " is told with " + std::to_string(shown.available)
                          + " available, and has " + std::to_string(left)};
}

std::vector<violation> check_numbers(const std::vector<event>& journal,
                                     bool has_gaps) {
  violations found;
  std::uint64_t last = 0;
  for (const auto& change : journal) {
    if (has_gaps ? change.seq <= last : change.seq != last + 1)
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

std::vector<violation> check(const history& calls,
                             const std::vector<event>& journal,
                             const std::vector<final_record>& finals,
                             const terms& with) {
  auto found = check_numbers(journal);
  const auto add = [&found](violations more) {
    found.insert(found.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  };
  std::vector<numbered> when;
  add(check_order(journal));
  add(check_skus(calls, journal, finals, with, &when));
  add(check_feed(std::move(when)));
  return found;
}

std::string describe(const std::vector<violation>& found) {
  std::string text;
  for (const auto& each : found)
    text += "item " + std::to_string(each.item) + ": " + each.text + '\n';
  return text;
}

} // namespace holdfast::checker
