// What is told of nodes that cannot be reached, and shown of them.
#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

TEST_CASE("why a node is not there is known until it is") {
  trio net;
  const auto& seen = net.of("n1").peers().at("n2");
  CHECK(seen.why.empty());
  net.cut("n1", "n2");
  while (seen.is == peer_view::state::up)
    net.pass(20ms);
  CHECK(seen.why == "timeout");
  net.pass(3s);
  CHECK(seen.why == "nobody answers");
  net.heal();
  net.pass(3s);
  CHECK(seen.is == peer_view::state::up);
  CHECK(seen.why.empty());
}

TEST_CASE("who was refused sees the reason, and so does who refused") {
  trio net;
  const auto old = net.at("n2").disk;
  for (int i = 0; i < 2; ++i) {
    net.crash("n2");
    net.start("n2", {"c"}, "n1");
    net.pass(3s);
  }
  net.crash("n2");
  net.put_disk("n2", old);
  net.start("n2", {"c"}, "n1");
  net.pass(3s);
  CHECK_FALSE(net.of("n2").verdict().empty());
  CHECK(net.of("n1").peers().at("n2").why == net.of("n2").verdict());
  CHECK(net.of("n1").retire("n2", net.now()).empty());
  CHECK(net.of("n1").peers().at("n2").why.empty());
}

TEST_CASE("all nodes show since when another one is gone for good") {
  trio net;
  net.crash("n3");
  net.pass(5s);
  const auto& told = net.of("n2").peers().at("n3");
  CHECK_FALSE(told.why.empty());
  const auto begin = net.now();
  CHECK(net.of("n1").retire("n3", begin).empty());
  net.pass(1s);
  const auto since = told.since;
  CHECK(told.is == peer_view::state::retired);
  CHECK(told.why.empty());
  CHECK(since >= begin);
  // It is told again, and by others.
  net.crash("n1");
  net.start("n1", {"a"}, "n2");
  net.pass(5s);
  CHECK(told.since == since);
}

TEST_CASE("each reason why calls fail is told once") {
  membership::settings with;
  with.seeds = {{"n1", 4'000}};
  greeting self;
  self.run = 1;
  self.who.name = "n2";
  self.who.journal = 7;
  self.who.epoch = 1;
  self.who.stores = {"c"};
  membership caller{with, self, {}};
  membership::clock::time_point now{1h};
  const auto told_of = [&](const auto& reason) {
    int made = 0;
    for (int i = 0; i < 40; ++i) {
      now += 10s;
      caller.advance(now);
      for (const auto& order : caller.take_orders())
        if (order.is == member_order::kind::dial) {
          caller.dial_failed(order.number, reason(i), now);
          ++made;
        }
    }
    CHECK(made == 40);
    std::size_t told = 0;
    for (const auto& each : caller.take_notes())
      told += each.is == member_note::kind::lost ? 1 : 0;
    return told;
  };
  // What comes after the first one is not like it.
  CHECK(told_of([](int i) { return i % 4 < 2 ? "nobody" : "TLS"; }) == 2);
  CHECK(told_of([](int i) { return std::to_string(i); })
        == member_target::told_max - 2);
}

TEST_CASE("every name that led to a node that is gone is called again") {
  const auto now = membership::clock::time_point{1h};
  membership::settings with;
  with.seeds = {{"shop", 4'000}, {"store", 4'000}};
  greeting self;
  self.run = 1;
  self.who.name = "n1";
  self.who.stores = {"a"};
  membership tested{with, self, {}};
  const auto dials = [&](auto at) {
    std::vector<std::uint64_t> numbers;
    tested.advance(at);
    for (const auto& each : tested.take_orders())
      if (each.is == member_order::kind::dial)
        numbers.push_back(each.number);
    return numbers;
  };
  const auto first = dials(now);
  REQUIRE(first.size() == 2);
  for (const auto number : first)
    tested.connected(number, 7, now);
  CHECK(dials(now + 1s).empty());
  tested.lose(7, "reset", now + 1s);
  CHECK(dials(now + 2s).size() == 2);
}
