// How long a question to the feeds of all nodes waits for one of them.
#include <doctest/doctest.h>

#include <algorithm>

#include <caf/send.hpp>

#include "actors/feed_reader.hpp"
#include "tests/actors/remote_pair.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

/// n1, which asks, and n2, a process that takes questions and says nothing.
struct still_disk {
  still_disk() {
    const way_out out{node.actors.entry,
                      std::make_shared<admission_counters>()};
    silent = node.system.spawn(silent_gateway);
    proxy = node.system.spawn(remote_node, remote_node_config{"n2", out});
    caf::anon_send(proxy, silent);
    home = node.system.spawn([this](answer_actor::pointer) {
      return answer_actor::behavior_type{[this](const batch& in) {
        answered += in.items.size();
      }};
    });
    feed =
        node.system.spawn(feed_reader, std::string{"n1"}, node.actors.journal,
                          std::make_shared<const cluster_board>(), out);
    caf::anon_send(feed, feed_news{{{"n2", proxy}}});
    node.run();
  }
  ~still_disk() {
    for (const auto& each :
         {caf::actor_cast<caf::actor>(silent),
          caf::actor_cast<caf::actor>(proxy), caf::actor_cast<caf::actor>(home),
          caf::actor_cast<caf::actor>(feed)})
      caf::anon_send_exit(each, caf::exit_reason::kill);
    node.run();
  }

  /// A question that read n2 up to its seventh event.
  operation_ptr ask(std::chrono::milliseconds time_left) {
    auto op = std::make_shared<operation>();
    op->todo = errand::feed;
    op->feed = std::make_unique<feed_part>();
    op->feed->limit = 10;
    op->feed->span = std::make_unique<feed_span>();
    op->feed->span->marks = {{fixed_hash("n2"), 7}};
    op->reply_to = home;
    op->deadline = node.schedule.clock().now() + time_left;
    caf::anon_send(feed, batch{{op}});
    node.run();
    return op;
  }

  world node;
  gateway_actor silent;
  remote_node_actor proxy;
  answer_actor home;
  feed_actor feed;
  std::size_t answered = 0;
};

} // namespace

TEST_CASE_FIXTURE(still_disk, "a node that stands still costs no page of "
                              "others") {
  REQUIRE(node.ask(world::make(action::adjust, "A", 1)).ok());
  const auto op = ask(5s);
  node.pass(3'500ms);
  CHECK(answered == 0);
  node.pass(1s);
  REQUIRE(answered == 1);
  CHECK(answer_of(*op).ok());
  CHECK(op->feed->page.events.size() == 1);
  CHECK(op->feed->span->away == std::vector<std::string>{"n2"});
  const auto next = next_marks(*op->feed->span);
  CHECK(std::count(next.begin(), next.end(), feed_mark{fixed_hash("n2"), 7})
        == 1);
}

TEST_CASE_FIXTURE(still_disk, "a question that waited long leaves nodes half") {
  const auto op = ask(1s);
  CHECK(answered == 0);
  node.pass(800ms);
  CHECK(answered == 1);
  CHECK(op->feed->span->away == std::vector<std::string>{"n2"});
}
