// What becomes of a directory that was copied.
#include <doctest/doctest.h>

#include "tests/domain/member_net.hpp"

using namespace holdfast;
using namespace holdfast::test;
using namespace std::chrono_literals;

namespace {

using state = peer_view::state;

/// n2 starts again from what its disk holds.
void restart(member_net& net) {
  if (net.runs("n2"))
    net.crash("n2");
  net.start("n2", {"c"}, "n1");
  net.pass(3s);
}

} // namespace

TEST_CASE("an old copy is refused however often it starts") {
  trio net;
  const auto old = net.at("n2").disk;
  restart(net);
  restart(net);
  const auto newest = net.at("n2").disk;
  net.put_disk("n2", old);
  restart(net);
  CHECK(net.of("n2").verdict()
        == "node n2 is an older copy: start 2, but start 3 was seen");
  for (int i = 0; i < 10; ++i) {
    restart(net);
    CHECK(net.of("n2").verdict()
          == "node n2 is a copy: another process had start 3");
    CHECK(net.of("n2").is_for_good());
    CHECK(net.seen("n1", "n2") != state::up);
    CHECK(net.seen("n3", "n2") != state::up);
  }
  // The directory that was seen goes on.
  net.put_disk("n2", newest);
  restart(net);
  CHECK(net.of("n2").verdict().empty());
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n3", "n2") == state::up);
}

TEST_CASE("what one member accepted of a copy does not make it known") {
  trio net;
  const auto old = net.at("n2").disk;
  // n3 is away while the original starts again.
  const auto away = net.at("n3").disk;
  net.crash("n3");
  restart(net);
  net.crash("n2");
  net.crash("n1");
  net.put_disk("n2", old);
  net.put_disk("n3", away);
  net.start("n3", {"d"}, "n2");
  for (int i = 0; i < 3; ++i)
    restart(net);
  CHECK(net.seen("n3", "n2") == state::up);
  net.start("n1", {"a", "b"});
  net.pass(3s);
  CHECK(net.seen("n1", "n2") != state::up);
  CHECK(net.of("n2").verdict()
        == "node n2 is a copy: another process had start 2");
  // It comes back, and n3 has told n1 of it meanwhile.
  restart(net);
  CHECK(net.seen("n1", "n2") != state::up);
  CHECK_FALSE(net.of("n2").verdict().empty());
}

TEST_CASE("a node that crashed often, also before anybody saw it, comes back") {
  trio net;
  net.cut("n2", "n3");
  for (int i = 0; i < 200; ++i) {
    net.crash("n2");
    net.start("n2", {"c"}, i % 7 == 0 ? "n1" : "nobody");
    net.pass(std::chrono::milliseconds{net.random()() % 300});
  }
  net.heal();
  restart(net);
  CHECK(net.of("n2").verdict().empty());
  CHECK(net.seen("n1", "n2") == state::up);
  CHECK(net.seen("n3", "n2") == state::up);
}

TEST_CASE("a copy beside the living original serves nothing") {
  trio net;
  // Of the same start: only that the other is there tells them apart.
  net.put_disk("copy", net.at("n2").disk);
  net.start("copy", {"c"}, "n1", [](greeting& said) {
    said.who.name = "n2";
    said.who.at = {};
  });
  CHECK_FALSE(net.of("copy").is_doubted());
  net.pass(1s);
  CHECK(net.of("copy").is_doubted());
  CHECK(net.of("copy").verdict().empty());
  CHECK(net.of("copy").obstacle().find("says: node n2 is there already")
        != std::string::npos);
  CHECK_FALSE(net.of("n2").is_doubted());
  net.pass(20s);
  CHECK(net.of("copy").is_doubted());
  CHECK(net.seen("n1", "n2") == state::up);
  // It was stopped: whoever goes on from its directory is that node.
  net.crash("n2");
  net.pass(5s);
  CHECK_FALSE(net.of("copy").is_doubted());
  CHECK(net.of("copy").obstacle().empty());
  CHECK(net.of("n1").peers().at("n2").run == net.at("copy").run);
}
