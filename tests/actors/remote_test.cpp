// Operations on their way to another node and back.
#include <doctest/doctest.h>

#include "holdfast/node_limits.hpp"
#include "tests/actors/remote_pair.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

TEST_CASE("an operation for another node is answered as there") {
  pair nodes;
  nodes.attach();
  const auto there =
      nodes.node.ask(world::keyed(world::make(action::adjust, "A", 5), "k"));
  const auto again =
      nodes.ask(world::keyed(world::make(action::adjust, "A", 5), "k"));
  CHECK(again.replayed);
  auto same = again;
  same.replayed = false;
  CHECK(same == there);
  CHECK(nodes.ask(world::make(action::reserve, "A", 9)).code
        == error_code::insufficient_stock);
  CHECK(nodes.ask(world::make(action::read, "A")).record.on_hand == 5);
  CHECK(nodes.ways->answered.get() == 3);
  CHECK(nodes.ways->pending == 0);
  CHECK(nodes.counters->pending == 0);
}

TEST_CASE("a hold made from elsewhere is one") {
  pair nodes;
  nodes.attach();
  nodes.ask(world::make(action::adjust, "A", 5));
  const auto held = nodes.ask(world::make(action::reserve, "A", 2));
  REQUIRE(held.has_hold);
  const auto done =
      nodes.ask(world::about(world::make(action::commit, "A"), held.hold));
  CHECK(done.hold.state == reservation_state::committed);
  CHECK(done.record.on_hand == 3);
}

TEST_CASE("while a node is away its callers are told at once") {
  pair nodes;
  const auto op = world::make(action::adjust, "A", 5);
  CHECK(nodes.ask(op).code == error_code::store_unavailable);
  CHECK(op->retry_after_s == limits::unavailable_retry_s);
  CHECK(nodes.ways->refused.get() == 1);
}

TEST_CASE("what is too much for a node is refused on either side") {
  pair nodes{2, 1};
  nodes.attach();
  const auto first = world::make(action::adjust, "A", 1);
  const auto second = world::make(action::adjust, "A", 1);
  const auto third = world::make(action::adjust, "A", 1);
  nodes.send({first, second, third});
  nodes.node.run();
  CHECK(answer_of(*first).ok());
  CHECK(answer_of(*second).code == error_code::overloaded);
  CHECK(answer_of(*third).code == error_code::overloaded);
  CHECK(nodes.counters->refused.get() == 1);
  CHECK(nodes.ways->refused.get() == 1);
  // Their places are free again.
  CHECK(nodes.ask(world::make(action::read, "A")).record.on_hand == 1);
}

TEST_CASE("what was on its way when a node was lost is left open") {
  pair nodes;
  nodes.attach();
  const auto write = world::make(action::adjust, "A", 5);
  const auto read = world::make(action::read, "A");
  nodes.send({write, read});
  // The proxy has sent them; the other node ends before it looks.
  caf::anon_send_exit(nodes.door, caf::exit_reason::remote_link_unreachable);
  nodes.node.run();
  // Whether it looked is the schedule's; either way there is one answer.
  CHECK(nodes.answered[write] == 1);
  CHECK(nodes.answered[read] == 1);
  CHECK(nodes.ask(world::make(action::adjust, "A", 1)).code
        == error_code::store_unavailable);
}

TEST_CASE("an operation that leaves gives back what it holds here") {
  pair nodes;
  nodes.attach();
  const auto op = world::make(action::adjust, "A", 5);
  op->admitted = true;
  op->passed = true;
  nodes.ask(op);
  CHECK_FALSE(op->admitted);
  CHECK_FALSE(op->passed);
  // Whoever came here for it takes it off, with the answer.
  CHECK(op->has_left);
  CHECK(nodes.admission->away == 1);
  CHECK(nodes.admission->served == 1);
  // Its caller was told that it is late, and gave the permit back.
  const auto late = world::make(action::read, "A");
  nodes.ask(late);
  CHECK_FALSE(late->has_left);
  CHECK(nodes.admission->away == 1);
}

TEST_CASE("what nobody answers ends with its deadline") {
  pair nodes;
  const auto mute = nodes.node.system.spawn(silent_gateway);
  caf::anon_send(nodes.proxy, mute);
  const auto op = world::make(action::adjust, "A", 5);
  nodes.send({op});
  nodes.node.run();
  CHECK(nodes.answered[op] == 0);
  nodes.node.pass(6s);
  CHECK(nodes.answered[op] == 1);
  CHECK(answer_of(*op).code == error_code::deadline_exceeded);
  caf::anon_send_exit(mute, caf::exit_reason::kill);
  nodes.node.run();
}

TEST_CASE("a gateway refuses what no client could have asked") {
  pair nodes;
  nodes.attach();
  const auto code = [&](auto change) {
    const auto op = world::make(action::adjust, "A", 5);
    change(op->ask);
    return nodes.ask(op).code;
  };
  CHECK(code([](command&) {}) == error_code::none);
  CHECK(code([](command& ask) { ask.amount = 0; })
        == error_code::invalid_request);
  CHECK(code([](command& ask) { ask.from.sku = "a/b"; })
        == error_code::invalid_request);
  CHECK(code([](command& ask) { ask.from.what = static_cast<action>(99); })
        == error_code::invalid_request);
  CHECK(code([](command& ask) { ask.owner = std::string(257, 'x'); })
        == error_code::invalid_request);
  CHECK(code([](command& ask) { ask.from.store = "store-9"; })
        == error_code::store_unavailable);
  CHECK(nodes.counters->refused.get() == 5);
}

TEST_CASE("a page of the feed is read over there") {
  pair nodes;
  nodes.attach();
  nodes.ask(world::make(action::adjust, "A", 5));
  nodes.ask(world::make(action::adjust, "A", 6));
  const auto op = std::make_shared<operation>();
  op->todo = errand::feed;
  op->feed = std::make_unique<feed_part>();
  op->feed->after = 1;
  op->feed->limit = 10;
  CHECK(nodes.ask(op).ok());
  REQUIRE(op->feed->page.events.size() == 1);
  CHECK(op->feed->page.events[0].seq == 2);
  CHECK(op->feed->page.events[0].delta == 6);
}
