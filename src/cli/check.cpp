#include <iostream>
#include <map>
#include <set>
#include <utility>

#include "src/cli/check_grounds.hpp"
#include "src/cli/check_input.hpp"
#include "src/cli/check_report.hpp"
#include "src/cli/commands.hpp"

namespace holdfast::cli {

namespace {

/// What there is of one node, whose `seq` are its own.
struct node_share {
  std::vector<event> journal;
  std::vector<checker::authority> owners;
  std::vector<checker::tenure> tenures;
};

/// Gaps in `seq`, its order, and events of those who had lost their lease.
void judge_node(const node_share& of, const std::string& name, bool is_part,
                std::vector<checker::violation>& found) {
  auto made = checker::check_owners(of.journal, of.owners, of.tenures);
  for (auto& each : checker::check_order(of.journal))
    made.push_back(std::move(each));
  for (auto& each : checker::check_numbers(of.journal, is_part))
    made.push_back(std::move(each));
  for (auto& each : made)
    found.push_back(
        {each.item, name.empty() ? each.text : name + ": " + each.text});
}

void judge_nodes(const history::told& all,
                 std::vector<checker::violation>& found) {
  std::map<std::string, node_share> shares;
  for (std::size_t i = 0; i < all.journal.size(); ++i)
    shares[all.nodes[i]].journal.push_back(all.journal[i]);
  for (std::size_t i = 0; i < all.owners.size(); ++i)
    shares[all.owner_nodes[i]].owners.push_back(all.owners[i]);
  for (std::size_t i = 0; i < all.tenures.size(); ++i)
    shares[all.tenure_nodes[i]].tenures.push_back(all.tenures[i]);
  for (const auto& [name, share] : shares)
    judge_node(share, name, all.is_part, found);
}

/// All events of a SKU are of one node: another that goes on with it had to
/// begin anew.
void judge_homes(const history::told& all,
                 std::vector<checker::violation>& found) {
  std::map<std::pair<std::string, std::string>, const std::string*> homes;
  for (std::size_t i = 0; i < all.journal.size(); ++i) {
    const auto& change = all.journal[i];
    const auto& of = change.from;
    const auto& home =
        *homes.emplace(std::pair{of.store, of.sku}, &all.nodes[i])
             .first->second;
    if (home != all.nodes[i])
      found.push_back({8, of.store + '/' + of.sku + ": version "
                              + std::to_string(change.after.version)
                              + " is of node " + all.nodes[i]
                              + ", and others of " + home});
  }
}

/// Stores and SKUs of them.
using names = std::set<std::pair<std::string, std::string>>;

names names_in(const checker::history& calls) {
  names made;
  for (const auto& call : calls)
    made.emplace(call.ask.from.store, call.ask.from.sku);
  return made;
}

/// Leaves what calls were recorded of.
void drop_others(history::told& all, const names& called) {
  std::set<std::string> skus;
  for (const auto& [store, sku] : called)
    skus.insert(sku);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < all.journal.size(); ++i) {
    const auto& of = all.journal[i].from;
    if (!called.contains({of.store, of.sku}))
      continue;
    std::swap(all.journal[kept], all.journal[i]);
    std::swap(all.nodes[kept++], all.nodes[i]);
  }
  all.journal.resize(kept);
  all.nodes.resize(kept);
  std::erase_if(all.finals, [&](const auto& each) {
    return !called.contains({each.store, each.sku});
  });
  std::erase_if(all.central,
                [&](const auto& each) { return !skus.contains(each.sku); });
}

/// What callers were told, and the order of events that follows from it.
void judge_calls(const history::told& all,
                 std::vector<checker::violation>& found) {
  std::vector<checker::numbered> when;
  for (auto& each :
       checker::check_skus(all.calls, all.journal, all.finals, all.with, &when))
    found.push_back(std::move(each));
  std::map<std::string, std::vector<checker::numbered>> by_node;
  for (const auto& each : when)
    by_node[all.nodes[each.index]].push_back(each);
  for (auto& [name, numbers] : by_node)
    for (auto& each : checker::check_feed(std::move(numbers)))
      found.push_back(
          {each.item, name.empty() ? each.text : name + ": " + each.text});
}

/// Where others were dropped it may be that nothing is left of a view: those
/// that it should show are missing then. Of a SKU it shows all stores; only
/// `of`, if that is not null, are held against their events.
void judge_central(const history::told& all, const names* of,
                   std::vector<checker::violation>& found) {
  for (auto& each : checker::check_central(all.journal, all.central, of))
    found.push_back(std::move(each));
}

} // namespace

int check(const config::check_query& query) {
  auto all = read_evidence(query);
  all.with.reads_all = true;
  const auto missing = missing_grounds(all);
  const auto has_view = !all.central.empty();
  auto found = std::move(all.odd_events);
  judge_nodes(all, found);
  judge_homes(all, found);
  const auto called = names_in(all.calls);
  if (all.is_part)
    drop_others(all, called);
  judge_calls(all, found);
  if (has_view)
    judge_central(all, all.is_part ? &called : nullptr, found);
  write_check_report(
      std::cout,
      {all.calls.size(), all.journal.size(), all.finals.size(), missing},
      found);
  return found.empty() ? exit_ok : exit_failure;
}

} // namespace holdfast::cli
