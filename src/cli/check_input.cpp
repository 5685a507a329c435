#include "src/cli/check_input.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <utility>

#include "holdfast/limits.hpp"
#include "src/config/config_error.hpp"
#include "src/storage/lease_table.hpp"
#include "src/storage/read_only.hpp"

namespace holdfast::cli {

namespace {

void read_file(const std::string& name, history::told& into) {
  if (name == "-") {
    history::read_history(std::cin, "standard input", into);
    return;
  }
  std::ifstream from{name};
  if (!from)
    throw config::config_error{"cannot read " + name};
  history::read_history(from, name, into);
}

/// Events that are named count instead of those in the history.
void forget_events(history::told& all) {
  all.journal.clear();
  all.odd_events.clear();
  all.nodes.clear();
  all.owners.clear();
  all.owner_nodes.clear();
  all.tenures.clear();
  all.tenure_nodes.clear();
}

/// Who might write what, if `directory` was ever shared, and who did.
void read_leases(const std::string& directory, const std::string& node,
                 history::told& into) {
  const auto known = storage::read_lease_history(directory);
  std::map<std::uint64_t, std::string> owners;
  for (const auto& each : known.tenures) {
    owners[each.token] = each.owner;
    into.tenures.push_back(
        {each.store, each.sku, each.owner, each.token, each.after_seq});
    into.tenure_nodes.push_back(node);
  }
  for (const auto& [seq, token] : known.authors) {
    into.owners.push_back({seq, owners[token], token});
    into.owner_nodes.push_back(node);
  }
}

/// Events that `directory` has.
void read_events(const std::string& directory, history::told& into) {
  storage::event_reader log{directory};
  const auto node = log.node_name();
  if (std::find(into.nodes.begin(), into.nodes.end(), node) != into.nodes.end())
    throw config::config_error{"--journal " + directory
                               + ": there are events "
                                 "of node "
                               + node + " already"};
  std::uint64_t last = 0;
  for (auto is_end = false; !is_end;) {
    auto page = log.scan(last, limits::page_max, {});
    for (auto& change : page.events) {
      into.journal.push_back(std::move(change));
      into.nodes.push_back(node);
    }
    is_end = page.last_seq <= last;
    last = page.last_seq;
  }
  // Later: whoever wrote what was read had been granted it before.
  read_leases(directory, node, into);
}

void read_journal(const std::string& directory, history::told& into) {
  try {
    read_events(directory, into);
  } catch (const journal_error& error) {
    throw config::config_error{"--journal " + directory + ": " + error.what()};
  }
}

/// Nothing would be wrong with nothing.
void require_something(const history::told& all, const std::string& name) {
  if (!all.has_terms)
    throw history::history_error{name + ": has no line of type history"};
  if (all.calls.empty() && all.journal.empty())
    throw history::history_error{name + ": there is neither call nor event"};
}

} // namespace

history::told read_evidence(const config::check_query& query) {
  history::told all;
  try {
    read_file(query.file, all);
    if (!query.events.empty() || !query.journals.empty())
      forget_events(all);
    if (!query.events.empty())
      read_file(query.events, all);
    for (const auto& directory : query.journals)
      read_journal(directory, all);
    require_something(all, query.file);
  } catch (const history::history_error& error) {
    throw config::config_error{error.what()};
  }
  return all;
}

} // namespace holdfast::cli
