// A member of a cluster that is alone in it, in one thread.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <caf/send.hpp>
#include <doctest/doctest.h>

#include "actors/cluster_wiring.hpp"
#include "actors/feed_reader.hpp"
#include "tests/support/world.hpp"

namespace holdfast::test {

using namespace std::chrono_literals;

inline roster_entry remembered(const std::string& name,
                               const std::string& store) {
  roster_entry made;
  made.name = name;
  made.journal = 8;
  made.epoch = made.revision = 1;
  made.stores = {store};
  return made;
}

/// How another node of the cluster introduces itself.
inline greeting greeting_of(const std::string& name, const std::string& store) {
  greeting made;
  made.cluster = "holdfast";
  made.run = 2;
  made.who = remembered(name, store);
  return made;
}

/// A node that founds its cluster and finds nobody.
struct founder {
  ~founder() {
    // It ends what it made.
    caf::anon_send_exit(who, caf::exit_reason::user_shutdown);
    node.run();
    caf::anon_send_exit(door, caf::exit_reason::kill);
    caf::anon_send_exit(feed, caf::exit_reason::kill);
    node.run();
  }

  void start() {
    member_config config;
    config.memory.known = known;
    config.self.run = 1;
    config.self.cluster = config.with.cluster;
    auto& self = config.self.who;
    self.name = config.memory.name = "n1";
    self.journal = config.memory.journal = 7;
    self.epoch = config.memory.epoch = 1;
    self.stores = stores;
    config.save = [this](const roster_memory& memory) {
      ++saves;
      if (has_room)
        kept = memory;
      return has_room;
    };
    config.doors = {door, node.sync.own};
    config.directory = node.actors.directory;
    config.local = [this](const std::string& store) -> answer_actor {
      if (std::find(stores.begin(), stores.end(), store) == stores.end())
        throw std::runtime_error{"there is no actor for it"};
      return node.actors.stores.front();
    };
    config.out.entry = node.actors.entry;
    config.on_ledger = [this](const auto& now) {
      ++told[now.node];
    };
    config.feed = feed;
    config.on_note = [](const auto&) {
    };
    config.on_verdict = [this](const auto& why) {
      verdict = why;
    };
    config.on_fatal = [this](const auto& why) {
      failure = why;
    };
    config.board = board;
    config.wall_ms = [this] {
      return wall_ms;
    };
    who = node.system.spawn(member, std::move(config));
    node.run();
  }
  std::vector<std::string> served() const {
    return board->read()->granted;
  }
  using answer = std::optional<wish_result>;
  /// Wants a store.
  std::shared_ptr<answer> want(const std::string& store) {
    return wish({"n1", store, std::chrono::steady_clock::now() + 60s, {}});
  }
  /// Gives a node up.
  std::shared_ptr<answer> retire(const std::string& name,
                                 std::chrono::milliseconds within) {
    return wish({name, "", node.schedule.clock().now() + within, {}});
  }
  /// What came of it: nothing as long as nobody says that. It is the test's
  /// alone once nobody waits.
  std::shared_ptr<answer> wish(member_wish what) {
    auto said = std::make_shared<answer>();
    what.done = [said](const auto& is) {
      *said = is;
    };
    caf::anon_send(who, std::move(what));
    node.run();
    return said;
  }

  world node;
  std::shared_ptr<cluster_board> board = std::make_shared<cluster_board>();
  gateway_actor door = node.system.spawn(gateway, node.actors.journal,
                                         std::make_shared<gateway_counters>(),
                                         limits::gateway_pending_max);
  feed_actor feed = node.system.spawn(
      feed_reader, std::string{"n1"}, node.actors.journal,
      std::shared_ptr<const cluster_board>{board}, way_out{node.actors.entry});
  member_actor who;
  roster known;
  /// What it is to have.
  std::vector<std::string> stores{"store-1"};
  bool has_room = true;
  int saves = 0;
  std::int64_t wall_ms = 1;
  /// What its directory remembers.
  roster_memory kept;
  /// By node, how often readers of ledgers were told of it.
  std::map<std::string, int> told;
  std::string verdict;
  std::string failure;
};

} // namespace holdfast::test
