// The order of calls to other nodes, with calls that end when the test says so.
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <set>
#include <vector>

#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>

#include "actors/node_dialler.hpp"
#include "tests/actors/fake_link.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using found =
    caf::result<caf::node_id, caf::strong_actor_ptr, std::set<std::string>>;

/// Calls go on until `end`. A member is at every address, unless `is_mute`.
struct switchboard {
  switchboard() {
    home = node.system.spawn([this]() -> caf::behavior {
      return {[this](const dialled& in) {
        (in.who ? reached : missed).push_back(in.number);
        why = in.failure;
      }};
    });
    broker = node.system.spawn([this](caf::event_based_actor* self) {
      return caf::behavior{[=, this](caf::connect_atom, caf::io::scribe_ptr&,
                                     std::uint16_t at) {
        handed_over.push_back(at);
        if (is_refused)
          return found{caf::make_error(caf::sec::disconnect_during_handshake)};
        if (!is_mute)
          return found{caf::node_id{},
                       caf::actor_cast<caf::strong_actor_ptr>(home),
                       std::set<std::string>{}};
        self->make_response_promise();
        return found{caf::delegated<caf::node_id, caf::strong_actor_ptr,
                                    std::set<std::string>>{}};
      }};
    });
    tested = node.system.spawn(
        dialler,
        dialler_config{[this](const node_address& to, std::uint64_t call,
                              const caller_actor&, const auto& of) {
                         calls[to.port] = call;
                         fault = of;
                         ++calls_begun;
                         return has_threads;
                       },
                       broker});
  }
  ~switchboard() {
    for (const auto& each : {caf::actor_cast<caf::actor>(tested), home, broker})
      caf::anon_send_exit(each, caf::exit_reason::kill);
    node.run();
  }

  void order(std::uint64_t number, std::uint16_t port) {
    caf::anon_send(tested, dial_order{number, {"host", port}},
                   caf::actor_cast<member_actor>(home));
    node.run();
  }
  /// That call has come to its end; false once its connection is closed.
  std::shared_ptr<bool> accept(std::uint16_t port) {
    auto is_open = std::make_shared<bool>();
    end(port, caf::make_counted<fake_link>(is_open));
    return is_open;
  }
  void end(std::uint16_t port, caf::io::scribe_ptr link) {
    caf::anon_send(tested, caf::connect_atom_v, calls.at(port),
                   std::move(link));
    node.run();
  }

  world node;
  caf::actor home;
  caf::actor broker;
  caller_actor tested;
  bool is_mute = false;
  bool is_refused = false;
  bool has_threads = true;
  int calls_begun = 0;
  /// The last one of each port.
  std::map<std::uint16_t, std::uint64_t> calls;
  std::vector<std::uint16_t> handed_over;
  std::vector<std::uint64_t> reached;
  std::vector<std::uint64_t> missed;
  /// Of the last call, and what came of the last order.
  std::shared_ptr<call_fault> fault;
  std::string why;
};

using numbers = std::vector<std::uint64_t>;

} // namespace

TEST_CASE_FIXTURE(switchboard, "who is silent keeps nobody waiting") {
  for (std::uint16_t port = 1; port < calls_max; ++port)
    order(port, port);
  order(900, 900);
  CHECK(calls_begun == calls_max);
  accept(900);
  CHECK(handed_over == std::vector<std::uint16_t>{900});
  CHECK(reached == numbers{900});
  CHECK(missed.empty());
  end(1, nullptr);
  CHECK(missed == numbers{1});
}

TEST_CASE_FIXTURE(switchboard, "calls have a bound") {
  for (std::uint16_t port = 1; port <= calls_max; ++port)
    order(port, port);
  order(900, 900);
  CHECK(calls_begun == calls_max);
  CHECK(missed == numbers{900});
  // There is room once one has ended, not when its order has.
  node.pass(limits::greet_timeout);
  CHECK(missed.size() == calls_max + 1);
  order(901, 900);
  CHECK(calls_begun == calls_max);
  accept(1);
  order(902, 900);
  CHECK(calls_begun == calls_max + 1);
  accept(900);
  CHECK(reached == numbers{902});
}

TEST_CASE_FIXTURE(switchboard, "a call that cannot begin fails at once") {
  has_threads = false;
  order(1, 7);
  order(2, 7);
  CHECK(missed == numbers{1, 2});
  has_threads = true;
  order(3, 7);
  accept(7);
  CHECK(reached == numbers{3});
}

TEST_CASE_FIXTURE(switchboard, "a connection that comes too late is closed") {
  order(1, 7);
  node.pass(limits::greet_timeout - 1ms);
  CHECK(missed.empty());
  node.pass(1ms);
  CHECK(missed == numbers{1});
  CHECK_FALSE(*accept(7));
  CHECK(handed_over.empty());
  CHECK(reached.empty());
}

TEST_CASE_FIXTURE(switchboard, "a slow call serves the order that waits") {
  order(1, 7);
  node.pass(limits::greet_timeout);
  order(2, 7);
  CHECK(calls_begun == 1);
  order(3, 7);
  CHECK(calls_begun == 1);
  CHECK(missed == numbers{1, 2});
  accept(7);
  CHECK(reached == numbers{3});
}

TEST_CASE_FIXTURE(switchboard, "who accepts a call and is mute fails in time") {
  is_mute = true;
  order(1, 7);
  node.pass(limits::dial_timeout);
  accept(7);
  CHECK(handed_over.size() == 1);
  node.pass(limits::greet_timeout - limits::dial_timeout - 1ms);
  CHECK(missed.empty());
  node.pass(1ms);
  CHECK(missed == numbers{1});
  is_mute = false;
  order(2, 7);
  accept(7);
  CHECK(reached == numbers{2});
}

TEST_CASE_FIXTURE(switchboard, "what TLS says of a call is why it failed") {
  is_refused = true;
  order(1, 7);
  accept(7);
  CHECK(why.find("disconnect") != std::string::npos);
  order(2, 7);
  fault->note("TLS: certificate verify failed");
  accept(7);
  CHECK(why == "TLS: certificate verify failed");
  // It says nothing about the next one.
  order(3, 7);
  end(7, nullptr);
  CHECK(why == "nobody accepts a call there");
  CHECK(missed == numbers{1, 2, 3});
}
