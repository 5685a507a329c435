// A history by what its parts are about.
#include <algorithm>

#include "src/checker/sku_case.hpp"

namespace holdfast::checker {

namespace {

sku_case& case_of(cases& all, const std::string& store,
                  const std::string& sku) {
  auto& found = all[{store, sku}];
  if (found.sku.empty()) {
    found.store = store;
    found.sku = sku;
  }
  return found;
}

} // namespace

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

} // namespace holdfast::checker
