// The shell around the membership: what it keeps, and how it ends.
#include <doctest/doctest.h>

#include <caf/send.hpp>

#include "actors/cluster_wiring.hpp"
#include "actors/feed_reader.hpp"
#include "tests/support/wait.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

roster_entry remembered(const std::string& name, const std::string& store) {
  roster_entry made;
  made.name = name;
  made.journal = 8;
  made.epoch = made.revision = 1;
  made.stores = {store};
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
    self.stores = {"store-1"};
    config.save = [this](const roster_memory&) {
      ++saves;
      return has_room;
    };
    config.doors = {door, node.sync.own};
    config.directory = node.actors.directory;
    config.local = [this](const std::string& store) -> answer_actor {
      if (store != "store-1")
        throw std::runtime_error{"there is no actor for it"};
      return node.actors.stores.front();
    };
    config.entry = node.actors.entry;
    config.on_ledger = [](const auto&, const auto&, const auto&) {
    };
    config.feed = feed;
    config.on_note = [](const auto&) {
    };
    config.on_verdict = [this](const auto& why) {
      verdict = why;
    };
    config.on_failure = [this](const auto& why) {
      failure = why;
    };
    config.board = board;
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
                                         std::make_shared<gateway_counters>());
  feed_actor feed =
      node.system.spawn(feed_reader, std::string{"n1"}, node.actors.journal,
                        std::shared_ptr<const cluster_board>{board});
  member_actor who;
  roster known;
  bool has_room = true;
  int saves = 0;
  std::string verdict;
  std::string failure;
};

} // namespace

TEST_CASE_FIXTURE(founder, "what could not be saved is not served") {
  has_room = false;
  start();
  CHECK(saves == 1);
  CHECK(served().empty());
  CHECK_FALSE(board->read()->is_settled);
  has_room = true;
  CHECK(wait_until([&] {
    node.pass(50ms);
    return served() == std::vector<std::string>{"store-1"};
  }));
  CHECK(board->read()->is_settled);
  CHECK(saves == 2);
  // Nothing is new.
  node.pass(2s);
  CHECK(saves == 2);
  CHECK(failure.empty());
}

TEST_CASE_FIXTURE(founder, "a member that throws ends the node") {
  start();
  CHECK(served() == std::vector<std::string>{"store-1"});
  // It was granted, and remembered: others may have heard of it.
  const auto waited = want("store-2");
  CHECK(failure == "there is no actor for it");
  CHECK(verdict.empty());
  REQUIRE(waited->has_value());
  CHECK(waited->value().code == error_code::deadline_exceeded);
  // Who comes later is heard of by nobody, and held on to by nobody.
  const auto later = want("store-3");
  CHECK_FALSE(later->has_value());
  CHECK(later.use_count() == 1);
}

TEST_CASE_FIXTURE(founder,
                  "a wish is open if the node ends before it is told") {
  REQUIRE(known.merge(remembered("n2", "store-9")));
  start();
  has_room = false;
  const auto waited = retire("n2", 60s);
  CHECK_FALSE(waited->has_value());
  caf::anon_send_exit(who, caf::exit_reason::user_shutdown);
  node.run();
  REQUIRE(waited->has_value());
  CHECK(waited->value().code == error_code::deadline_exceeded);
  const auto later = retire("n2", 60s);
  CHECK_FALSE(later->has_value());
  CHECK(later.use_count() == 1);
}

TEST_CASE_FIXTURE(founder, "a node is gone for good once that is saved") {
  REQUIRE(known.merge(remembered("n2", "store-9")));
  start();
  has_room = false;
  const auto first = retire("n2", 60s);
  const auto hasty = retire("n2", 1s);
  CHECK_FALSE(first->has_value());
  node.pass(1s);
  CHECK(hasty->value().code == error_code::deadline_exceeded);
  has_room = true;
  node.pass(limits::roster_retry + 1s);
  CHECK(first->value().code == error_code::none);
  // As often as anybody likes.
  CHECK(retire("n2", 60s)->value().code == error_code::none);
  CHECK(retire("n3", 60s)->value().code == error_code::invalid_request);
}

TEST_CASE("the first round counts every node that is remembered") {
  world node;
  cluster_parts parts;
  parts.with = node.with;
  parts.actors = &node.actors;
  parts.rounds = node.sync;
  parts.detach = false;
  auto& config = parts.config;
  config.self.run = 1;
  auto& self = config.self.who;
  self.name = "n1";
  self.journal = 7;
  self.epoch = 2;
  self.revision = 1;
  self.stores = node.with.stores;
  config.memory.name = "n1";
  REQUIRE(config.memory.known.merge(remembered("n2", "store-9")));
  config.save = [](const roster_memory&) {
    return true;
  };
  config.on_note = [](const auto&) {
  };
  config.on_verdict = config.on_failure = [](const auto& why) {
    FAIL(why);
  };
  auto made = spawn_cluster(node.system, std::move(parts));
  const auto said = node.ask_round();
  CHECK(said.report.failed_stores == std::vector<std::string>{"store-9"});
  CHECK_FALSE(node.board->view()->complete);
  made.finish();
  node.run();
}
