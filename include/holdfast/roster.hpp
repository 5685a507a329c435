// Who belongs to a cluster, and whose the stores are: what every node
// remembers, also of nodes that are away.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace holdfast {

/// Where a node is reached by others; port 0: nowhere, it calls by itself.
struct node_address {
  std::string host;
  std::uint16_t port = 0;

  auto operator<=>(const node_address&) const = default;
};

/// `host:port`, a host with colons in brackets.
std::string to_string(const node_address& at);

/// Nothing unless `text` is of that form with a port from 1 on.
std::optional<node_address> parse_node_address(std::string_view text);

/// Starts of a node that are told of it, beside the last one.
inline constexpr std::size_t past_starts_max = 64;

/// What is remembered of one node. Of two entries of a node the one with the
/// greater (epoch, revision) counts, then the one that wants less.
struct roster_entry {
  std::string name;
  /// Random number of its data directory.
  std::uint64_t journal = 0;
  /// Starts of the node as a member, from 1.
  std::uint64_t epoch = 0;
  /// Counts changes of the entry within an epoch.
  std::uint64_t revision = 0;
  node_address at;
  /// Nobody else may have these.
  std::vector<std::string> stores;
  /// An operator said that it is gone for good: it owns nothing, and its name
  /// is never taken again.
  bool retired = false;
  /// Random number of the process of that start.
  std::uint64_t run = 0;
  /// Those of `stores` that not everybody has agreed to yet.
  std::vector<std::string> wanted{};
  /// `run` of the starts before, the last one first, as many as are told: who
  /// saw one of them knows by it the directory that went on from there.
  std::vector<std::uint64_t> past{};

  /// It may have to give `store` up yet.
  bool wants(const std::string& store) const;

  bool operator==(const roster_entry&) const = default;
};

/// True if its names are names and its numbers in range: what came from another
/// process is judged by it first.
bool is_valid(const roster_entry& entry);

/// Entries by name, and the rule that a store has one owner. Not thread-safe.
class roster {
public:
  using entries = std::map<std::string, roster_entry>;

  const entries& all() const noexcept {
    return entries_;
  }
  /// Null if nothing is known of that node.
  const roster_entry* find(const std::string& name) const;
  /// The node that owns `store`, null if none does.
  const roster_entry* owner_of(const std::string& store) const;

  /// Why `fresh` cannot be that node: another data directory of the same name,
  /// a copy of what it was, or a retired name. Empty if it can.
  std::string doubt(const roster_entry& fresh) const;

  /// The same, or a store of another node.
  std::string objection(const roster_entry& fresh) const;

  /// True if the process that says `fresh` must end: its directory was retired,
  /// or is a copy of one whose later start was seen. However often it starts,
  /// it does not become what was seen. Another directory of a retired name may
  /// belong somewhere else.
  bool is_void(const roster_entry& fresh) const;

  /// Takes `fresh` over. False, and nothing changes, if it is not newer than
  /// what is known, or there is an objection.
  bool merge(const roster_entry& fresh);

  /// For good. False if the name is unknown or retired already.
  bool retire(const std::string& name);

private:
  void put(const roster_entry& fresh);

  entries entries_;
  /// Names of owners by store: there may be 32,000, and an entry that comes is
  /// held against all that it names.
  std::unordered_map<std::string, std::string> owners_;
};

/// What a node keeps of its cluster beside its journal.
struct roster_memory {
  /// Name, data directory and starts of the node itself; its entry in `known`
  /// tells the stores it was granted.
  std::string name;
  std::uint64_t journal = 0;
  std::uint64_t epoch = 0;
  /// Stores it is to have beside those of its configuration and its entry. Only
  /// earlier versions wrote some: a wish that is not granted ends with its
  /// node.
  std::vector<std::string> created;
  roster known;
  /// `run` of its starts, this one's first, and those of `roster_entry::past`.
  std::vector<std::uint64_t> runs{};
  /// Why it cannot be that node any more, one line; empty if it can.
  std::string ended{};
};

/// One line for the node, one for each entry.
std::string to_text(const roster_memory& memory);

/// Throws `std::runtime_error` naming the line that is not as written.
roster_memory parse_roster(std::string_view text);

} // namespace holdfast
