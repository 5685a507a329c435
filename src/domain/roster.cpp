#include "holdfast/roster.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "contains.hpp"
#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast {

namespace {

bool is_newer(const roster_entry& fresh, const roster_entry& known) {
  const auto open = fresh.wanted.size();
  const auto known_open = known.wanted.size();
  return std::tie(fresh.epoch, fresh.revision, known_open)
         > std::tie(known.epoch, known.revision, open);
}

/// All of `some` are among `stores`. A thousand of a thousand may be.
bool has_all(const std::vector<std::string>& stores,
             const std::vector<std::string>& some) {
  if (some.empty())
    return true;
  std::vector<std::string_view> sorted{stores.begin(), stores.end()};
  std::sort(sorted.begin(), sorted.end());
  return std::all_of(some.begin(), some.end(), [&](std::string_view store) {
    return std::binary_search(sorted.begin(), sorted.end(), store);
  });
}

/// Another process had the last start of `known`, as far as `fresh` tells.
bool is_copy(const roster_entry& fresh, const roster_entry& known) {
  if (fresh.epoch <= known.epoch)
    return fresh.epoch < known.epoch || fresh.run != known.run;
  const auto since = fresh.epoch - known.epoch - 1;
  return since < fresh.past.size() && fresh.past[since] != known.run;
}

} // namespace

bool roster_entry::wants(const std::string& store) const {
  return contains(wanted, store);
}

bool is_valid(const roster_entry& entry) {
  const bool is_reached = entry.at.port != 0;
  const auto& stores = entry.stores;
  return is_store_id(entry.name) && stores.size() <= limits::stores_max
         && std::all_of(stores.begin(), stores.end(),
                        [](const auto& store) { return is_store_id(store); })
         && entry.wanted.size() <= stores.size()
         && has_all(stores, entry.wanted)
         && entry.past.size() <= past_starts_max
         && (!is_reached
             || parse_node_address(to_string(entry.at)) == entry.at);
}

const roster_entry* roster::find(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second;
}

const roster_entry* roster::owner_of(const std::string& store) const {
  const auto owner = owners_.find(store);
  return owner == owners_.end() ? nullptr : find(owner->second);
}

/// `fresh` is what counts of its node from now on.
void roster::put(const roster_entry& fresh) {
  auto& known = entries_[fresh.name];
  if (known.stores != fresh.stores) {
    for (const auto& store : known.stores)
      owners_.erase(store);
    for (const auto& store : fresh.stores)
      owners_.emplace(store, fresh.name);
  }
  known = fresh;
}

std::string roster::doubt(const roster_entry& fresh) const {
  const auto* known = find(fresh.name);
  if (known == nullptr)
    return {};
  if (known->retired)
    return "node " + fresh.name + " was retired";
  if (known->journal != fresh.journal)
    return "the name " + fresh.name + " belongs to another data directory";
  if (fresh.epoch < known->epoch)
    return "node " + fresh.name + " is an older copy: start "
           + std::to_string(fresh.epoch) + ", but start "
           + std::to_string(known->epoch) + " was seen";
  if (is_copy(fresh, *known))
    return "node " + fresh.name + " is a copy: another process had start "
           + std::to_string(known->epoch);
  return {};
}

std::string roster::objection(const roster_entry& fresh) const {
  if (auto why = doubt(fresh); !why.empty())
    return why;
  for (const auto& store : fresh.stores)
    if (const auto owner = owners_.find(store);
        owner != owners_.end() && owner->second != fresh.name)
      return "store " + store + " belongs to node " + owner->second;
  return {};
}

bool roster::is_void(const roster_entry& fresh) const {
  const auto* known = find(fresh.name);
  return known && known->journal == fresh.journal
         && (known->retired || is_copy(fresh, *known));
}

bool roster::merge(const roster_entry& fresh) {
  const auto* known = find(fresh.name);
  if (fresh.retired) {
    if (known && known->retired)
      return false;
    auto gone = fresh;
    gone.stores.clear();
    gone.wanted.clear();
    put(gone);
    return true;
  }
  // Most of what comes is known: it need not be judged.
  if ((known && !is_newer(fresh, *known)) || !objection(fresh).empty())
    return false;
  put(fresh);
  return true;
}

bool roster::retire(const std::string& name) {
  const auto* known = find(name);
  if (!known || known->retired)
    return false;
  auto gone = *known;
  gone.retired = true;
  gone.stores.clear();
  gone.wanted.clear();
  ++gone.revision;
  put(gone);
  return true;
}

} // namespace holdfast
