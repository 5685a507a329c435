#include "holdfast/member_start.hpp"

#include <algorithm>
#include <utility>

#include "holdfast/limits.hpp"

namespace holdfast {

namespace {

void claim(std::vector<std::string>& into,
           const std::vector<std::string>& stores) {
  for (const auto& store : stores)
    if (std::find(into.begin(), into.end(), store) == into.end())
      into.push_back(store);
}

/// One name too many must not keep all others from their clients.
void leave_to_owners(member_start& made) {
  const auto& memory = made.memory;
  std::vector<std::string> rest;
  for (const auto& store : made.stores)
    if (const auto* owner = memory.known.owner_of(store);
        owner && owner->name != memory.name && !owner->wants(store))
      made.foreign.emplace_back(store, owner->name);
    else
      rest.push_back(store);
  made.stores = std::move(rest);
  if (made.stores.empty() && !made.foreign.empty()) {
    const auto& [store, owner] = made.foreign.front();
    throw unfit_start{"store " + store + " belongs to node " + owner};
  }
}

/// Alone it could not ask whether the cluster still counts on it. Who never was
/// granted a store is counted on by nobody.
void check_company(const settings& with, const roster_memory& memory) {
  const auto* own = memory.known.find(memory.name);
  if (with.is_member() || !own || own->stores.empty())
    return;
  for (const auto& [name, entry] : memory.known.all())
    if (!entry.retired && name != memory.name)
      throw unfit_start{
          "the directory belongs to a member of the cluster of " + name
          + ": say NODE_PORT or JOIN, or retire the other nodes first"};
}

/// No other node takes an entry that names more, and no start reads it.
void check_room(const member_start& made) {
  if (made.stores.size() > limits::stores_max)
    throw unfit_start{"with what it has already, node " + made.memory.name
                      + " would have " + std::to_string(made.stores.size())
                      + " stores: a node has at most "
                      + std::to_string(limits::stores_max)};
}

} // namespace

member_start next_start(const settings& with,
                        std::optional<roster_memory> known, std::uint64_t fresh,
                        std::uint64_t run) {
  member_start made;
  made.stores = with.stores;
  if (!known) {
    made.memory.name = with.node_name;
    made.memory.journal = fresh;
  } else {
    made.memory = std::move(*known);
  }
  auto& memory = made.memory;
  if (memory.name != with.node_name)
    throw unfit_start{"the directory belongs to node " + memory.name
                      + ", not to " + with.node_name};
  if (!memory.ended.empty())
    throw unfit_start{"the directory cannot be used any more: " + memory.ended};
  claim(made.stores, memory.created);
  if (const auto* own = memory.known.find(memory.name)) {
    if (own->retired)
      throw unfit_start{"node " + memory.name + " was retired"};
    claim(made.stores, own->stores);
  }
  check_company(with, memory);
  leave_to_owners(made);
  check_room(made);
  ++memory.epoch;
  memory.runs.insert(memory.runs.begin(), run);
  if (memory.runs.size() > past_starts_max + 1)
    memory.runs.pop_back();
  return made;
}

greeting introduce(const settings& with, const member_start& start) {
  const auto& runs = start.memory.runs;
  greeting made;
  made.cluster = with.cluster_name;
  made.run = runs.front();
  made.who.name = with.node_name;
  made.who.journal = start.memory.journal;
  made.who.epoch = start.memory.epoch;
  made.who.at = {with.node_host, with.node_port};
  made.who.stores = start.stores;
  made.who.past.assign(runs.begin() + 1, runs.end());
  return made;
}

} // namespace holdfast
