// The central view over nodes that come and go.
#include <doctest/doctest.h>

#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

settings usual() {
  auto with = world::unlimited();
  with.sync_interval_ms = settings{}.sync_interval_ms;
  with.breaker_threshold = settings{}.breaker_threshold;
  with.retry_times = 1;
  return with;
}

/// A node and what it is told of another, whose ledger is empty.
struct two_nodes {
  ~two_nodes() {
    tell({});
    caf::anon_send_exit(other, caf::exit_reason::kill);
    node.run();
  }

  void tell(const ledger_actor& reader) {
    caf::anon_send(node.sync.rounds, ledger_news{"n2", {"store-9"}, reader});
    node.run();
  }
  sync_status status() const {
    return node.board->status();
  }
  bool is_complete() const {
    return node.board->view()->complete;
  }

  world node{usual()};
  bool is_broken = false;
  bool is_other = false;
  int asked = 0;
  ledger_actor other = node.system.spawn([this](ledger_actor::pointer self) {
    return ledger_actor::behavior_type{
        [this, self](const collect& in, const collector_actor& to) {
          ++asked;
          collected said{in.source, in.number, {}, {}, {}};
          said.page.next.is = ledger_position::phase::events;
          said.page.is_other =
              is_other && in.from.is != ledger_position::phase::fresh;
          if (is_broken)
            said.failure = "broken";
          self->send(to, std::move(said));
        },
        [](sweep_atom) {
        }};
  });
};

} // namespace

TEST_CASE_FIXTURE(two_nodes, "a node is read as soon as it is there") {
  node.run();
  CHECK(status().rounds == 1);
  tell({});
  CHECK(is_complete());
  node.pass(15s);
  CHECK_FALSE(is_complete());
  CHECK(status().rounds == 2);
  CHECK(status().breaker == breaker_policy::state::closed);
  CHECK(asked == 0);
  tell(other);
  CHECK(is_complete());
  CHECK(asked == 1);
  // Nothing is new.
  tell(other);
  CHECK(status().rounds == 3);
}

TEST_CASE_FIXTURE(two_nodes, "what failed before a node left is forgotten") {
  tell(other);
  is_broken = true;
  node.pass(15s);
  node.pass(1s);
  CHECK_FALSE(is_complete());
  CHECK(status().breaker == breaker_policy::state::open);
  tell({});
  is_broken = false;
  tell(other);
  CHECK(is_complete());
  CHECK(status().breaker == breaker_policy::state::closed);
}

TEST_CASE_FIXTURE(two_nodes, "a node that is another by now is read anew") {
  tell(other);
  CHECK(is_complete());
  CHECK(asked == 1);
  is_other = true;
  node.pass(15s);
  CHECK(is_complete());
  CHECK(asked == 3);
  CHECK(status().failures == 0);
}
