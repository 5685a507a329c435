// The checker against a search that tries everything.
#include <doctest/doctest.h>

#include <sstream>

#include "src/history/history.hpp"
#include "tests/checker/tiny_history.hpp"
#include "tests/support/seed.hpp"

using namespace holdfast;
using namespace holdfast::test;

namespace {

constexpr int histories = 10'000;
constexpr std::size_t calls_max = 6;

std::string tell(const tiny_history& seen) {
  std::ostringstream out;
  history::history_writer to{out};
  for (const auto& call : seen.calls)
    to.write(call);
  for (const auto& change : seen.journal)
    to.write(change);
  for (const auto& end : seen.finals)
    to.write(end);
  return out.str();
}

} // namespace

TEST_CASE("the checker and brute force agree about 10,000 tiny histories") {
  auto random = seeded_engine();
  int broken = 0;
  for (int i = 0; i < histories; ++i) {
    auto seen = make_tiny_history(random, 2 + random() % (calls_max - 1));
    for (auto tampered = random() % 3; tampered > 0; --tampered)
      tamper(seen, random);
    const auto found = checker::check(seen.calls, seen.journal, seen.finals);
    const auto explained = is_explained(seen);
    broken += explained ? 0 : 1;
    REQUIRE_MESSAGE(found.empty() == explained, "history ", i, '\n', tell(seen),
                    checker::describe(found));
  }
  MESSAGE("broken: ", broken, " of ", histories);
  CHECK(broken > histories / 10);
  CHECK(broken < histories * 9 / 10);
}
