#include "holdfast/roster.hpp"

#include <algorithm>
#include <tuple>

#include "holdfast/limits.hpp"
#include "holdfast/names.hpp"

namespace holdfast {

namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_newer(const roster_entry& fresh, const roster_entry& known) {
  const auto open = fresh.wanted.size();
  const auto known_open = known.wanted.size();
  return std::tie(fresh.epoch, fresh.revision, known_open)
         > std::tie(known.epoch, known.revision, open);
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
  return has(wanted, store);
}

bool is_valid(const roster_entry& entry) {
  const bool is_reached = entry.at.port != 0;
  const auto& stores = entry.stores;
  return is_store_id(entry.name) && stores.size() <= limits::stores_max
         && std::all_of(stores.begin(), stores.end(),
                        [](const auto& store) { return is_store_id(store); })
         && entry.wanted.size() <= stores.size()
         && std::all_of(entry.wanted.begin(), entry.wanted.end(),
                        [&](const auto& store) { return has(stores, store); })
         && entry.past.size() <= past_starts_max
         && (!is_reached
             || parse_node_address(to_string(entry.at)) == entry.at);
}

const roster_entry* roster::find(const std::string& name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : &found->second;
}

const roster_entry* roster::owner_of(const std::string& store) const {
  for (const auto& [name, entry] : entries_)
    if (has(entry.stores, store))
      return &entry;
  return nullptr;
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
    if (const auto* owner = owner_of(store); owner && owner->name != fresh.name)
      return "store " + store + " belongs to node " + owner->name;
  return {};
}

bool roster::is_void(const roster_entry& fresh) const {
  const auto* known = find(fresh.name);
  return known
         && (known->retired
             || (known->journal == fresh.journal && is_copy(fresh, *known)));
}

bool roster::merge(const roster_entry& fresh) {
  if (fresh.retired) {
    const auto* known = find(fresh.name);
    if (known && known->retired)
      return false;
    auto& now = entries_[fresh.name] = fresh;
    now.stores.clear();
    now.wanted.clear();
    return true;
  }
  if (!objection(fresh).empty())
    return false;
  const auto [place, is_new] = entries_.try_emplace(fresh.name, fresh);
  if (!is_new && !is_newer(fresh, place->second))
    return false;
  place->second = fresh;
  return true;
}

bool roster::retire(const std::string& name) {
  const auto found = entries_.find(name);
  if (found == entries_.end() || found->second.retired)
    return false;
  found->second.retired = true;
  found->second.stores.clear();
  found->second.wanted.clear();
  ++found->second.revision;
  return true;
}

} // namespace holdfast
