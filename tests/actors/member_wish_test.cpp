// What operators want of a node that cannot do it, or ends meanwhile.
#include <caf/scoped_actor.hpp>

#include "holdfast/member_start.hpp"
#include "tests/actors/founder.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE_FIXTURE(founder, "a member that throws ends the node") {
  start();
  CHECK(served() == std::vector<std::string>{"store-1"});
  // It was granted, and remembered: others may have heard of it.
  const auto waited = want("store-2");
  CHECK(failure == "member: there is no actor for it");
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

TEST_CASE_FIXTURE(founder, "a store that was refused is not wanted later") {
  start();
  // A member that is asked and says nothing.
  caf::scoped_actor silent{node.system};
  const auto said = greeting_of("n2", "store-9");
  silent->send(who, said, node_doors{});
  node.run();
  const auto waited =
      wish({"n1", "store-2", node.schedule.clock().now() + 20s, {}});
  CHECK_FALSE(waited->has_value());
  // It is missed, and that is remembered.
  node.pass(limits::silence_max + limits::greet_timeout);
  CHECK_FALSE(waited->has_value());
  CHECK(board->read()->nodes.at(1).seen.is == peer_view::state::down);
  const auto next = [this] {
    settings with;
    with.node_name = "n1";
    with.node_port = 4'711;
    with.stores = {"store-1"};
    return next_start(with, kept, 7, 3).stores;
  };
  CHECK(next() == std::vector<std::string>{"store-1"});
  node.pass(20s);
  REQUIRE(waited->has_value());
  CHECK(waited->value().code == error_code::store_unavailable);
  CHECK(next() == std::vector<std::string>{"store-1"});
}

TEST_CASE_FIXTURE(founder, "a node with all the stores there can be says so") {
  while (stores.size() < limits::stores_max)
    stores.push_back("more-" + std::to_string(stores.size()));
  start();
  CHECK(served().size() == limits::stores_max);
  // It never comes true: nobody is told to try again.
  const auto said = want("store-2");
  REQUIRE(said->has_value());
  CHECK(said->value().code == error_code::invalid_request);
  CHECK(said->value().why == "node n1 has 1000 stores already");
}
