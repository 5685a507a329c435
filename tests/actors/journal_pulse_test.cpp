#include <doctest/doctest.h>

#include "actors/journal_pulse.hpp"
#include "tests/support/world.hpp"

using namespace holdfast;
using test::world;

TEST_CASE_FIXTURE(world, "a journal that comes along is alive at every beat") {
  journal_pulse pulse{system, actors.journal};
  for (int i = 0; i < 3; ++i) {
    CHECK(pulse.beat());
    run();
  }
  ask(make(action::adjust, "A", 1));
  CHECK(pulse.beat());
}

TEST_CASE_FIXTURE(world, "a journal is not alive until it has answered") {
  journal_pulse pulse{system, actors.journal};
  CHECK(pulse.beat());
  CHECK_FALSE(pulse.beat());
  CHECK_FALSE(pulse.beat());
  run();
  CHECK(pulse.beat());
}

TEST_CASE_FIXTURE(world, "a full disk is no reason to be started again") {
  journal_pulse pulse{system, actors.journal};
  ask(make(action::adjust, "A", 1));
  disk->fail_commit_at(1, journal_error::kind::full);
  ask(make(action::adjust, "A", 1));
  for (int i = 0; i < 3; ++i) {
    CHECK(pulse.beat());
    run();
  }
}
