#include "holdfast/member_start.hpp"

#include <algorithm>
#include <utility>

namespace holdfast {

namespace {

void claim(std::vector<std::string>& into,
           const std::vector<std::string>& stores) {
  for (const auto& store : stores)
    if (std::find(into.begin(), into.end(), store) == into.end())
      into.push_back(store);
}

} // namespace

member_start next_start(const settings& with,
                        std::optional<roster_memory> known,
                        std::uint64_t fresh) {
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
  claim(made.stores, memory.created);
  if (const auto* own = memory.known.find(memory.name))
    claim(made.stores, own->stores);
  for (const auto& store : made.stores)
    if (const auto* owner = memory.known.owner_of(store);
        owner && owner->name != with.node_name)
      throw unfit_start{"store " + store + " belongs to node " + owner->name};
  ++memory.epoch;
  return made;
}

greeting introduce(const settings& with, const member_start& start,
                   std::uint64_t run) {
  greeting made;
  made.cluster = with.cluster_name;
  made.run = run;
  made.who.name = with.node_name;
  made.who.journal = start.memory.journal;
  made.who.epoch = start.memory.epoch;
  made.who.at = {with.node_host, with.node_port};
  made.who.stores = start.stores;
  return made;
}

} // namespace holdfast
