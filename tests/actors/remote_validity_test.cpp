// What another process says, and no node would.
#include <doctest/doctest.h>

#include "tests/actors/remote_pair.hpp"

using namespace holdfast;
using namespace holdfast::test;

TEST_CASE("what no node could answer leaves a write open") {
  pair nodes;
  nodes.attach();
  outcome wrong;
  wrong.code = static_cast<error_code>(200);
  const auto write = world::make(action::adjust, "A", 5);
  const auto read = world::make(action::read, "A");
  nodes.send({write, read});
  caf::anon_send(nodes.proxy, wire_outcomes{{{1, 0, wrong}, {2, 0, wrong}}});
  nodes.node.run();
  CHECK(nodes.answered[write] == 1);
  CHECK(answer_of(*write).code == error_code::deadline_exceeded);
  CHECK(answer_of(*read).code == error_code::store_unavailable);
}

TEST_CASE("a page with an event that there cannot be is none") {
  pair nodes;
  nodes.attach();
  const auto ask = std::make_shared<operation>();
  ask->todo = errand::feed;
  ask->feed = std::make_unique<feed_part>();
  ask->feed->limit = 10;
  event wrong;
  wrong.type = static_cast<event_type>(77);
  nodes.send({ask});
  caf::anon_send(nodes.proxy,
                 wire_page{1, error_code::none, 9, 0, true, {wrong}});
  nodes.node.run();
  CHECK(nodes.answered[ask] == 1);
  CHECK(answer_of(*ask).code == error_code::store_unavailable);
  CHECK(ask->feed->page.events.empty());
}
