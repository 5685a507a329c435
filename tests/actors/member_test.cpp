// The shell around the membership: what it keeps, and whom it counts.
#include <caf/scoped_actor.hpp>

#include "tests/actors/founder.hpp"
#include "tests/support/wait.hpp"

using namespace holdfast;
using namespace holdfast::test;

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

TEST_CASE_FIXTURE(founder, "what others have is asked before it is denied") {
  REQUIRE(known.merge(remembered("n2", "store-9")));
  start();
  const auto ask_nowhere = [this] {
    const auto op = world::make(action::read, "A");
    op->ask.from.store = "store-10";
    const auto code = node.ask(op).code;
    CHECK((op->retry_after_s != 0) == (code == error_code::store_unavailable));
    return code;
  };
  CHECK(ask_nowhere() == error_code::store_unavailable);
  CHECK_FALSE(board->read()->is_whole);
  caf::scoped_actor other{node.system};
  const auto said = greeting_of("n2", "store-9");
  other->send(who, said, node_doors{});
  node.run();
  CHECK(ask_nowhere() == error_code::store_unavailable);
  other->send(who, wire_news{{said.who}, true});
  node.run();
  CHECK(ask_nowhere() == error_code::store_not_found);
  CHECK(board->read()->is_whole);
}

TEST_CASE_FIXTURE(founder, "who is alone knows that there is no other store") {
  start();
  const auto op = world::make(action::read, "A");
  op->ask.from.store = "store-10";
  CHECK(node.ask(op).code == error_code::store_not_found);
  CHECK(board->read()->is_whole);
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
  config.on_verdict = config.on_fatal = [](const auto& why) {
    FAIL(why);
  };
  auto made = spawn_cluster(node.system, std::move(parts));
  const auto said = node.ask_round();
  CHECK(said.report.failed_stores == std::vector<std::string>{"store-9"});
  CHECK_FALSE(said.report.is_whole);
  CHECK_FALSE(node.board->view()->complete);
  made.finish();
  node.run();
}

TEST_CASE_FIXTURE(founder, "who reads ledgers is told of what is new alone") {
  REQUIRE(known.merge(remembered("n2", "store-8")));
  REQUIRE(known.merge(remembered("n3", "store-9")));
  start();
  using counts = std::map<std::string, int>;
  CHECK(told == counts{{"n1", 1}, {"n2", 1}, {"n3", 1}});
  CHECK(retire("n2", 60s)->value().code == error_code::none);
  CHECK(told == counts{{"n1", 1}, {"n2", 2}, {"n3", 1}});
}

TEST_CASE_FIXTURE(founder, "a wall clock that is set moves no past") {
  start();
  const auto since = [this] {
    for (const auto& row : board->read()->nodes)
      if (row.entry.name == "n2")
        return row.since_ms;
    return std::int64_t{0};
  };
  wall_ms = 1'000;
  {
    caf::scoped_actor other{node.system};
    other->send(who, greeting_of("n2", "store-9"), node_doors{});
    node.run();
    CHECK(since() == 1'000);
    wall_ms = 700;
    node.pass(50ms);
    // The way was measured: what is shown is made anew.
    const auto before = board->read();
    other->send(who, wire_pong{1});
    node.run();
    CHECK(board->read() != before);
    CHECK(since() == 1'000);
  }
  node.run();
  CHECK(since() == 700);
}
