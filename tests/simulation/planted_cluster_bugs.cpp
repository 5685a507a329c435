// Bugs between the nodes of a cluster.
#include <algorithm>

#include "actors/ledger_pack.hpp"
#include "tests/simulation/planted_bugs.hpp"

namespace holdfast::test {

namespace {

/// It remembers nobody else, and a store of theirs as its own.
void serve_what_it_was_refused(member_config& config) {
  auto& memory = config.memory;
  const auto* own = memory.known.find(memory.name);
  if (memory.name == "n1" || own == nullptr)
    return;
  auto forged = *own;
  forged.stores.emplace_back("store-1");
  memory.known = {};
  memory.known.merge(forged);
}

void forget_the_cluster(member_config& config) {
  config.save = [](const roster_memory&) {
    return true;
  };
}

/// What has a key is told from what was there before.
int deliver_writes_twice(caf::message& content) {
  if (!content.match_elements<wire_commands, outcome_sink>())
    return 1;
  const auto& items = content.get_as<wire_commands>(0).items;
  return std::all_of(items.begin(), items.end(),
                     [](const auto& each) { return each.ask.from.key.empty(); })
             ? 2
             : 1;
}

/// As if the node that was asked had nothing.
int leave_a_node_out(caf::message& content) {
  if (content.match_elements<collected>()) {
    auto& said = content.get_mutable_as<collected>(0);
    unpack(said);
    said.page.records.clear();
    said.page.changes.clear();
  }
  return 1;
}

/// The owner did what it was asked.
int answer_with_a_refusal(caf::message& content) {
  if (!content.match_elements<wire_outcomes>())
    return 1;
  for (auto& item : content.get_mutable_as<wire_outcomes>(0).items)
    if (item.answer.ok() && item.answer.record.version % 5 == 0)
      item.answer = refusal(error_code::sku_not_found);
  return 1;
}

/// Only who was told by its operator knows that a node is gone for good.
int keep_retirements_secret(caf::message& content) {
  if (content.match_elements<wire_news>())
    std::erase_if(content.get_mutable_as<wire_news>(0).known,
                  [](const auto& entry) { return entry.retired; });
  return 1;
}

planted_bug in_member(std::string name, std::set<int> items,
                      void (*change)(member_config&), std::string words = {}) {
  planted_bug made{std::move(name), std::move(items), {}, std::move(words)};
  made.with.member = change;
  return made;
}

planted_bug on_wire(std::string name, std::set<int> items,
                    int (*change)(caf::message&), std::string words = {}) {
  planted_bug made{std::move(name), std::move(items), {}, std::move(words)};
  made.with.wire = change;
  return made;
}

} // namespace

std::vector<planted_bug> planted_cluster_bugs() {
  return {
      // Others have no word for it, so that it never knows all of them.
      in_member("a store that was refused is served", {0},
                serve_what_it_was_refused, "in a healthy network"),
      in_member("the cluster is forgotten", {0}, forget_the_cluster,
                "in a healthy network"),
      on_wire("writes arrive twice", {2}, deliver_writes_twice),
      on_wire("a view without a node", {6}, leave_a_node_out),
      on_wire("a refusal of what was done", {2}, answer_with_a_refusal),
      on_wire("a retirement that is not told", {0}, keep_retirements_secret,
              "in a healthy network"),
  };
}

} // namespace holdfast::test
