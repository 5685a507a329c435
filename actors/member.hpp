// The membership of a node: the shell around `membership`.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include <caf/actor_addr.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include "actors/cluster_board.hpp"
#include "actors/fatal_throw.hpp"
#include "holdfast/clock.hpp"
#include "holdfast/membership.hpp"

namespace holdfast {

struct member_config {
  membership::settings with;
  /// How the node introduces itself, with the stores that it is to have.
  greeting self;
  /// What its directory remembers, and where that is kept. `save` is true once
  /// it is durable, false if there is no room for it now; what it throws is a
  /// failure.
  roster_memory memory;
  std::function<bool(const roster_memory&)> save;
  dialler_actor dialler;
  /// Operations under way to one other node, and from all of them to this one:
  /// more are refused.
  std::size_t remote_pending_max = limits::remote_pending_max;
  std::size_t gateway_pending_max = limits::gateway_pending_max;
  node_doors doors;
  /// Told where operations go, and of which stores. `local` makes the store
  /// actor of a store that this node was granted.
  directory_actor directory;
  std::function<answer_actor(const std::string&)> local;
  way_out out;
  /// Told, on the actor's thread, of the nodes whose ledgers there are.
  std::function<void(ledger_news)> on_ledger;
  /// Told where the feeds of other nodes are read.
  feed_actor feed;
  std::function<void(const member_note&)> on_note;
  /// Told of each node that was accepted, before that hears of it.
  std::function<void(const caf::node_id&)> on_accepted =
      [](const caf::node_id&) {
      };
  /// The node cannot be a member, and why: it is to end.
  std::function<void(const std::string&)> on_verdict;
  /// Told of actors that threw, on any thread.
  fatal_handler on_fatal;
  std::shared_ptr<cluster_board> board = std::make_shared<cluster_board>();
  /// For what people read, in milliseconds since the epoch.
  std::function<std::int64_t()> wall_ms = [] {
    return unix_ms(std::chrono::system_clock::now());
  };
};

struct member_state {
  static inline constexpr const char* name = "member";

  struct link {
    member_actor who;
    /// Null until it introduced itself.
    node_doors doors;
  };
  struct remote {
    remote_node_actor proxy;
    std::shared_ptr<remote_counters> counters;
    /// 0 while the proxy has no gateway.
    std::uint64_t link = 0;
  };
  struct handed_wish {
    member_wish wish;
    /// Who is to answer.
    std::uint64_t link = 0;
  };

  member_config config;
  std::optional<membership> protocol;
  std::map<caf::actor_addr, std::uint64_t> numbers;
  std::map<std::uint64_t, link> links;
  std::uint64_t last_link = 0;
  /// They are addressed like members, and told a part of the same.
  std::map<caf::actor_addr, member_actor> guests;
  /// What was saved last, and stores of this node as far as that tells.
  std::string saved;
  std::vector<std::string> served;
  /// What is known is to be saved again then, for want of room; meanwhile what
  /// would tell others of it is held.
  bool owes_save = false;
  membership::clock::time_point save_due{};
  std::vector<member_order> held;
  std::map<std::string, remote> remotes;
  /// By node, what `on_ledger` was told last.
  std::map<std::string, ledger_news> ledgers;
  std::unordered_map<std::string, answer_actor> locals;
  /// Stores of this node that operators wait for, and nodes that they gave up;
  /// and wishes that were handed on, by number.
  std::vector<member_wish> wishes;
  std::map<std::uint64_t, handed_wish> handed_on;
  std::uint64_t last_wish = 0;
  std::string last_refusal;
  /// The board does not show what is known by now.
  bool is_stale = true;
  std::string waited_for;
  bool has_ended = false;
};

/// Carries what `membership` says to other members and what they say to it,
/// keeps what must not be forgotten before anybody hears of it, and tells
/// directory and gateway where operations go. A full disk holds up what others
/// are told, not how they are watched. What it throws ends the node, as with
/// `vital` actors, once those that wait for a wish are told. Writes a file, so
/// spawn it detached.
member_actor::behavior_type
member(member_actor::stateful_pointer<member_state> self, member_config config);

} // namespace holdfast
