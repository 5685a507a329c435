// The logs of several nodes as one, and cursors that name them.
#include <doctest/doctest.h>

#include <caf/send.hpp>

#include "actors/feed_reader.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

event recorded(std::uint64_t seq, std::int64_t at_ms) {
  event made;
  made.seq = seq;
  made.after.updated_at_ms = at_ms;
  return made;
}

/// n1, which asks, and n2, which answers whatever the test says.
struct readers {
  readers() {
    n2 = node.system.spawn([this](answer_actor::pointer self) {
      return answer_actor::behavior_type{[this, self](batch& in) {
        for (auto& op : in.items) {
          if (is_mute)
            continue;
          asked_after = op->feed->after;
          op->answer =
              is_away ? refusal(error_code::store_unavailable) : outcome{};
          op->feed->page = said;
          self->send(op->reply_to, batch{{op}});
        }
      }};
    });
    home = node.system.spawn([](answer_actor::pointer) {
      return answer_actor::behavior_type{[](const batch&) {
      }};
    });
    feed =
        node.system.spawn(feed_reader, std::string{"n1"}, node.actors.journal,
                          std::shared_ptr<const cluster_board>{board},
                          way_out{node.actors.entry, admission});
    caf::anon_send(feed, feed_news{{{"n2", n2}}});
    know({{"n1", true}, {"n2", true}});
  }
  ~readers() {
    for (const auto& each :
         {caf::actor_cast<caf::actor>(n2), caf::actor_cast<caf::actor>(home),
          caf::actor_cast<caf::actor>(feed)})
      caf::anon_send_exit(each, caf::exit_reason::kill);
    node.run();
  }

  /// These are there, and the others away; n9 was retired.
  void know(const std::map<std::string, bool>& nodes) {
    auto made = std::make_shared<cluster_snapshot>();
    made->is_settled = true;
    for (const auto& [name, is_up] : nodes) {
      node_row row;
      row.entry.name = name;
      row.is_self = name == "n1";
      row.seen.is = is_up ? peer_view::state::up : peer_view::state::down;
      made->nodes.push_back(row);
    }
    node_row gone;
    gone.entry.name = "n9";
    gone.entry.retired = true;
    gone.seen.is = peer_view::state::retired;
    made->nodes.push_back(gone);
    board->publish(std::move(made));
  }

  operation_ptr ask(std::vector<feed_mark> marks = {},
                    const std::string& store = {}) {
    auto op = std::make_shared<operation>();
    op->admitted = true;
    op->todo = errand::feed;
    op->feed = std::make_unique<feed_part>();
    op->reply_to = home;
    op->deadline = node.schedule.clock().now() + 5s;
    op->feed->limit = 10;
    op->feed->filter.store = store;
    op->feed->span = std::make_unique<feed_span>();
    op->feed->span->marks = std::move(marks);
    caf::anon_send(feed, batch{{op}});
    node.run();
    return op;
  }

  static feed_mark at(const std::string& name, std::uint64_t after) {
    return {fixed_hash(name), after};
  }

  world node;
  std::shared_ptr<cluster_board> board = std::make_shared<cluster_board>();
  std::shared_ptr<admission_counters> admission =
      std::make_shared<admission_counters>();
  answer_actor n2;
  answer_actor home;
  feed_actor feed;
  event_page said;
  bool is_away = false;
  bool is_mute = false;
  std::uint64_t asked_after = 99;
};

} // namespace

TEST_CASE_FIXTURE(readers, "a node is read on where the cursor left it") {
  said = {{recorded(8, 70)}, 8, 70, true};
  const auto op = ask({at("n2", 7)});
  CHECK(asked_after == 7);
  CHECK(op->feed->page.events.size() == 1);
  CHECK(next_marks(*op->feed->span) == std::vector<feed_mark>{at("n2", 8)});
}

TEST_CASE_FIXTURE(readers, "a node that is away keeps its place") {
  is_away = true;
  const auto op = ask({at("n2", 7)});
  CHECK(answer_of(*op).ok());
  CHECK(op->feed->span->away == std::vector<std::string>{"n2"});
  CHECK(next_marks(*op->feed->span) == std::vector<feed_mark>{at("n2", 7)});
}

TEST_CASE_FIXTURE(readers, "so does one that was retired") {
  const auto op = ask({at("n9", 5)});
  CHECK(answer_of(*op).ok());
  CHECK(op->feed->span->away.empty());
  CHECK(next_marks(*op->feed->span) == std::vector<feed_mark>{at("n9", 5)});
}

TEST_CASE_FIXTURE(readers, "a node that nobody knows may be known to who is "
                           "away") {
  CHECK(code_of(*ask({at("n3", 1)})) == error_code::invalid_request);
  know({{"n1", true}, {"n2", false}});
  CHECK(code_of(*ask({at("n3", 1)})) == error_code::store_unavailable);
  // It is known, and about to be read.
  know({{"n1", true}, {"n2", true}, {"n3", true}});
  CHECK(code_of(*ask({at("n3", 1)})) == error_code::store_unavailable);
}

TEST_CASE_FIXTURE(readers, "a log without a store keeps no event of it back") {
  REQUIRE(node.ask(world::make(action::adjust, "A", 1)).ok());
  said = {{}, 8'192, 1, false};
  // Of everything, the other log may have something older.
  CHECK(ask()->feed->page.events.empty());
  const auto op = ask({}, "store-1");
  CHECK(op->feed->page.events.size() == 1);
  CHECK(next_marks(*op->feed->span).size() == 2);
}

TEST_CASE_FIXTURE(readers, "who waits for others alone keeps nothing here") {
  is_mute = true;
  const auto op = ask();
  CHECK(op->has_left);
  CHECK_FALSE(op->admitted);
  CHECK(admission->away == 1);
  // There is nobody to wait for.
  caf::anon_send(feed, feed_news{});
  const auto alone = ask();
  CHECK_FALSE(alone->has_left);
  CHECK(alone->admitted);
  CHECK(admission->away == 1);
}
