// What an IO thread has promised to answer, and somebody else is to.
#include "http/bridge.hpp"

#include <asio/executor_work_guard.hpp>
#include <asio/io_context.hpp>
#include <doctest/doctest.h>

#include <caf/actor_system_config.hpp>

#include <utility>
#include <vector>

using namespace holdfast;
using namespace holdfast::http;
using namespace std::chrono_literals;

namespace {

/// An IO thread: whoever runs the test.
struct io_side {
  io_side() {
    bridge_config with;
    with.counters = &counters;
    with.node = "n1";
    with.respond = [this](waiting_request&& to, api_response&& response) {
      said.emplace_back(std::move(to.id), std::move(response));
    };
    handle = system.spawn<bridge>(std::ref(io), std::move(with));
    at = caf::actor_cast<bridge*>(handle);
  }
  ~io_side() {
    bridge::end(handle);
    run_until([this] { return system.registry().running() == 0; });
  }

  template <class Predicate>
  void run_until(Predicate is_over) {
    while (!is_over())
      io.run_one_for(10ms);
  }

  static waiting_request request(const char* id,
                                 std::chrono::milliseconds age) {
    waiting_request made;
    made.id = id;
    made.since = operation::clock::now() - age;
    return made;
  }

  caf::actor_system_config config;
  caf::actor_system system{config};
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> stay{
      io.get_executor()};
  admission_counters counters;
  std::vector<std::pair<std::string, api_response>> said;
  bridge_actor handle;
  bridge* at = nullptr;
};

} // namespace

TEST_CASE("who is answered by nobody is told so at the deadline") {
  io_side thread;
  const auto late =
      thread.at->expect(thread.request("late", limits::request_deadline));
  const auto early = thread.at->expect(thread.request("early", 0ms));
  thread.run_until([&] { return !thread.said.empty(); });
  REQUIRE(thread.said.size() == 1);
  CHECK(thread.said[0].first == "late");
  CHECK(thread.said[0].second.status == 504);
  CHECK(thread.said[0].second.code == error_code::deadline_exceeded);
  // Its answer comes after all, and finds nobody.
  thread.at->settle(late, json_answer("{}"));
  CHECK(thread.said.size() == 1);
  thread.at->settle(early, json_answer("{}"));
  thread.at->settle(early, json_answer("{}"));
  REQUIRE(thread.said.size() == 2);
  CHECK(thread.said[1].first == "early");
  CHECK(thread.said[1].second.status == 200);
  CHECK(thread.counters.in_flight == 0);
}

TEST_CASE("who is expected and abandoned is answered by nobody") {
  io_side thread;
  const auto one = thread.at->expect(thread.request("one", 0ms));
  thread.at->abandon();
  thread.at->settle(one, json_answer("{}"));
  CHECK(thread.said.empty());
  CHECK(thread.counters.in_flight == 0);
}
