// No schedule of calls, losses and restarts gives a store two owners.
#include <doctest/doctest.h>

#include <cstdlib>

#include "tests/domain/member_net.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

const std::vector<std::string> nodes = {"n1", "n2", "n3", "n4"};
/// The first four are at home somewhere; the others are anybody's.
const std::vector<std::string> stores = {"a", "b", "c", "d", "x", "y"};

const std::string& any_of(member_net& net,
                          const std::vector<std::string>& from) {
  return from[net.random()() % from.size()];
}

const std::string& any_member(member_net& net, const std::string& but) {
  const auto& other = any_of(net, nodes);
  const auto* own = net.at(other).disk.known.find(other);
  return other != but && own ? other : nodes.front();
}

void start_wishing(member_net& net, const std::string& name) {
  const auto home = stores[static_cast<std::size_t>(name[1] - '1')];
  std::vector<std::string> wanted{home};
  // Sometimes it wants what another may want, too.
  if (net.random()() % 2 == 0)
    wanted.push_back(any_of(net, {"x", "y"}));
  const auto* own = net.at(name).disk.known.find(name);
  if (own)
    wanted = own->stores;
  // Whoever is a member may be called at first.
  net.start(name, std::move(wanted), name == "n1" ? "" : any_member(net, name));
}

void happen(member_net& net) {
  const auto& name = any_of(net, nodes);
  switch (net.random()() % 6) {
  case 0:
    if (net.runs(name))
      net.crash(name);
    else
      start_wishing(net, name);
    break;
  case 1:
    if (const auto& other = any_of(net, nodes); other != name)
      net.cut(name, other);
    break;
  case 2:
    net.heal();
    break;
  case 3:
    if (net.runs(name))
      (void)net.of(name).want(any_of(net, {"x", "y"}));
    break;
  default:
    break;
  }
}

void run(std::uint64_t seed) {
  CAPTURE(seed);
  member_net net{seed};
  for (const auto& name : nodes)
    net.put_disk(name, {});
  for (const auto& name : nodes) {
    start_wishing(net, name);
    net.pass(std::chrono::milliseconds{net.random()() % 400});
  }
  for (int i = 0; i < 60; ++i) {
    happen(net);
    net.pass(std::chrono::milliseconds{20 + net.random()() % 800});
    for (const auto& name : nodes)
      if (net.runs(name) && !net.of(name).verdict().empty())
        net.crash(name);
    for (const auto& store : stores)
      REQUIRE(net.owners_of(store).size() <= 1);
  }
  net.heal();
  for (const auto& name : nodes)
    if (!net.runs(name))
      start_wishing(net, name);
  net.pass(10s);
  for (const auto& name : nodes)
    for (const auto& other : nodes)
      if (name != other && net.of(name).verdict().empty()
          && net.of(other).verdict().empty())
        REQUIRE(net.seen(name, other) == peer_view::state::up);
}

} // namespace

TEST_CASE("a store never has two owners, and whoever can meet again does") {
  auto random = seeded_engine();
  const auto* more = std::getenv("MEMBER_SEEDS");
  const auto count = more ? std::atoi(more) : 300;
  for (int i = 0; i < count; ++i)
    run(random());
}
