#include "actors/directory.hpp"

#include <algorithm>

#include "actors/answers.hpp"

namespace holdfast {

namespace {

using directory_pointer = chain_actor::stateful_pointer<directory_state>;

/// True if all of `in` is for one store: the common case, passed on whole.
bool is_for_one_store(const batch& in) {
  const auto& first = *in.items.front();
  return std::all_of(in.items.begin(), in.items.end(), [&](const auto& op) {
    return op->todo == errand::none
           && op->ask.from.store == first.ask.from.store;
  });
}

void route_each(directory_pointer self, const journal_actor& journal,
                batch& in) {
  // In the order of arrival: what is sent must not depend on addresses.
  std::unordered_map<const store_actor*, std::size_t> places;
  std::vector<std::pair<const store_actor*, batch>> out;
  batch feed;
  answers refused;
  for (auto& op : in.items) {
    if (op->todo == errand::feed) {
      feed.items.push_back(std::move(op));
      continue;
    }
    const auto found = self->state.stores.find(op->ask.from.store);
    if (found == self->state.stores.end()) {
      refused.refuse(std::move(op), error_code::store_not_found);
      continue;
    }
    const auto to = &found->second;
    const auto place = places.emplace(to, out.size()).first->second;
    if (place == out.size())
      out.emplace_back(to, batch{});
    out[place].second.items.push_back(std::move(op));
  }
  for (auto& [store, items] : out)
    self->send(*store, std::move(items));
  if (!feed.items.empty())
    self->send(journal, std::move(feed));
  refused.send(self);
}

} // namespace

chain_actor::behavior_type
directory(directory_pointer self,
          std::unordered_map<std::string, store_actor> stores,
          journal_actor journal) {
  self->state.stores = std::move(stores);
  return {
      [=](batch& in) {
        if (in.items.empty())
          return;
        const auto& known = self->state.stores;
        if (is_for_one_store(in)) {
          const auto found = known.find(in.items.front()->ask.from.store);
          if (found != known.end()) {
            self->send(found->second, std::move(in));
            return;
          }
        }
        route_each(self, journal, in);
      },
      [](const report&) {
        // The mediators above have learned from it.
      },
  };
}

} // namespace holdfast
