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
  return std::tie(fresh.epoch, fresh.revision)
         > std::tie(known.epoch, known.revision);
}

} // namespace

bool is_valid(const roster_entry& entry) {
  const bool is_reached = entry.at.port != 0;
  const auto& stores = entry.stores;
  return is_store_id(entry.name) && stores.size() <= limits::stores_max
         && std::all_of(stores.begin(), stores.end(),
                        [](const auto& store) { return is_store_id(store); })
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

std::string roster::objection(const roster_entry& fresh) const {
  if (const auto* known = find(fresh.name)) {
    if (known->retired)
      return "node " + fresh.name + " was retired";
    if (known->journal != fresh.journal)
      return "the name " + fresh.name + " belongs to another data directory";
    if (fresh.epoch < known->epoch)
      return "node " + fresh.name + " is an older copy: start "
             + std::to_string(fresh.epoch) + ", but start "
             + std::to_string(known->epoch) + " was seen";
  }
  for (const auto& store : fresh.stores)
    if (const auto* owner = owner_of(store); owner && owner->name != fresh.name)
      return "store " + store + " belongs to node " + owner->name;
  return {};
}

bool roster::merge(const roster_entry& fresh) {
  if (fresh.retired) {
    const auto* known = find(fresh.name);
    if (known && known->retired)
      return false;
    entries_[fresh.name] = fresh;
    entries_[fresh.name].stores.clear();
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
  ++found->second.revision;
  return true;
}

} // namespace holdfast
