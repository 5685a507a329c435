#include "actors/directory.hpp"

#include <algorithm>

#include "actors/answers.hpp"
#include "actors/letter_desk.hpp"
#include "actors/letter_step.hpp"
#include "holdfast/node_limits.hpp"

namespace holdfast {

namespace {

using directory_pointer = directory_actor::stateful_pointer<directory_state>;

/// True if all of `in` is for one store: the common case, passed on whole.
bool is_for_one_store(const batch& in) {
  const auto& first = *in.items.front();
  return std::all_of(in.items.begin(), in.items.end(), [&](const auto& op) {
    return op->todo == errand::none
           && op->ask.from.store == first.ask.from.store;
  });
}

void route_each(directory_pointer self, const journal_actor& journal,
                const desk_actor& desk, batch& in) {
  // In the order of arrival: what is sent must not depend on addresses.
  std::unordered_map<const answer_actor*, std::size_t> places;
  std::vector<std::pair<const answer_actor*, batch>> out;
  batch feed;
  batch letters;
  answers refused;
  for (auto& op : in.items) {
    if (op->todo == errand::feed) {
      feed.items.push_back(std::move(op));
      continue;
    }
    if (is_about_letters(op->todo)) {
      letters.items.push_back(std::move(op));
      continue;
    }
    const auto found = self->state.now.stores.find(op->ask.from.store);
    const bool is_known = found != self->state.now.stores.end();
    if (!is_known && self->state.now.is_whole) {
      refused.refuse(std::move(op), error_code::store_not_found);
      continue;
    }
    if (!is_known || !found->second) {
      op->retry_after_s = limits::unavailable_retry_s;
      refused.refuse(std::move(op), error_code::store_unavailable);
      continue;
    }
    const auto to = &found->second;
    const auto place = places.try_emplace(to, out.size()).first->second;
    if (place == out.size())
      out.emplace_back(to, batch{});
    out[place].second.items.push_back(std::move(op));
  }
  for (auto& [store, items] : out)
    self->send(*store, std::move(items));
  if (!feed.items.empty() && self->state.now.feed)
    self->send(self->state.now.feed, std::move(feed));
  else if (!feed.items.empty())
    self->send(journal, std::move(feed));
  if (!letters.items.empty())
    self->send(desk, std::move(letters));
  refused.send(self);
}

} // namespace

directory_actor::behavior_type directory(directory_pointer self, routing stores,
                                         journal_actor journal,
                                         fatal_handler on_fatal) {
  self->state.now = std::move(stores);
  // Linked: it lives as long as this actor does.
  auto desk = self->spawn<caf::linked>(vital(letter_desk, std::move(on_fatal)),
                                       journal, chain_actor{self});
  return {
      [=](batch& in) {
        if (in.items.empty())
          return;
        const auto& known = self->state.now.stores;
        if (is_for_one_store(in)) {
          const auto found = known.find(in.items.front()->ask.from.store);
          if (found != known.end() && found->second) {
            self->send(found->second, std::move(in));
            return;
          }
        }
        route_each(self, journal, desk, in);
      },
      [](const report&) {
        // The mediators above have learned from it.
      },
      [=](routing& now) { self->state.now = std::move(now); },
  };
}

} // namespace holdfast
